/** The table of docs/endings.md, each of its cells forced at the simulator and checked. */
@NullMarked
package dev.offpeak.standalone.endings;

import org.jspecify.annotations.NullMarked;
