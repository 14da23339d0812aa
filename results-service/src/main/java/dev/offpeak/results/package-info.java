/** The results service: its configuration, wiring and main class. */
@NullMarked
package dev.offpeak.results;

import org.jspecify.annotations.NullMarked;
