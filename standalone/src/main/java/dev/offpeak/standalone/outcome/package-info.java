/** What comes out of the topics: output files, and the numbers of the run. */
@NullMarked
package dev.offpeak.standalone.outcome;

import org.jspecify.annotations.NullMarked;
