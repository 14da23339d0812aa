/** What is compared: each pair does one part of Offpeak's work with raw Kafka and with Offpeak. */
@NullMarked
package dev.offpeak.benchmarks.pair;

import org.jspecify.annotations.NullMarked;
