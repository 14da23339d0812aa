/** Takes away what stands at providers under our names and belongs to no job. */
@NullMarked
package dev.offpeak.submitter.janitor;

import org.jspecify.annotations.NullMarked;
