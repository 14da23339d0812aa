/** Waiting that can be called off, and what is being waited for. */
@NullMarked
package dev.offpeak.results.wait;

import org.jspecify.annotations.NullMarked;
