/** Reading requests in one pass and without a tree. */
@NullMarked
package dev.offpeak.simulator.scan;

import org.jspecify.annotations.NullMarked;
