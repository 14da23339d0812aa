/**
 * The provider-neutral HTTP edge: replies as values, multipart bodies, keys, and the gate where
 * faults act.
 */
@NullMarked
package dev.offpeak.simulator.http;

import org.jspecify.annotations.NullMarked;
