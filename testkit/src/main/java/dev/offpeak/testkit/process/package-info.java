/** Rudeness to processes. */
@NullMarked
package dev.offpeak.testkit.process;

import org.jspecify.annotations.NullMarked;
