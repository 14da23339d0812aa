/** The parts of the results service's settings. */
@NullMarked
package dev.offpeak.results.config;

import org.jspecify.annotations.NullMarked;
