/**
 * Side-by-side runs against raw Kafka: each figure is a ratio of two times measured in one process
 * against one broker, so that it says the same on a fast and on a slow machine.
 */
@NullMarked
package dev.offpeak.benchmarks;

import org.jspecify.annotations.NullMarked;
