/** Fair comparisons: alternating sides, several rounds, medians, and the table of what came out. */
@NullMarked
package dev.offpeak.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
