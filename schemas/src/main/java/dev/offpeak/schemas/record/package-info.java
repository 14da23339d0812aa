/** Records that hold what others wrote: whose fault it is when they break, and how they fit. */
@NullMarked
package dev.offpeak.schemas.record;

import org.jspecify.annotations.NullMarked;
