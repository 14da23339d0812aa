/** Outcomes as lines of JSON in the shape of the providers' own output files. */
@NullMarked
package dev.offpeak.schemas.outcome;

import org.jspecify.annotations.NullMarked;
