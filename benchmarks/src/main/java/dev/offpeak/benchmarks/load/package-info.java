/** What the sides work on: request lines, topics full of them, a broker that holds them. */
@NullMarked
package dev.offpeak.benchmarks.load;

import org.jspecify.annotations.NullMarked;
