/** Requests in large files: read line by line, or one by one from where an index says. */
@NullMarked
package dev.offpeak.simulator.line;

import org.jspecify.annotations.NullMarked;
