/** Offpeak as it is measured: its topics on the benchmark's broker, and its services at work. */
@NullMarked
package dev.offpeak.benchmarks.installation;

import org.jspecify.annotations.NullMarked;
