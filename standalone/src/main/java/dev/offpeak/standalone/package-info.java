/** The whole of Offpeak in one process, and its command line. */
@NullMarked
package dev.offpeak.standalone;

import org.jspecify.annotations.NullMarked;
