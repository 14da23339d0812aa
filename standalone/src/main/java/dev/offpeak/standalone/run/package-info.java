/** A run from its first line to its summary. */
@NullMarked
package dev.offpeak.standalone.run;

import org.jspecify.annotations.NullMarked;
