/** The life cycle of provider jobs, from a sealed batch to its end. */
@NullMarked
package dev.offpeak.submitter;

import org.jspecify.annotations.NullMarked;
