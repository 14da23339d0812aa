/**
 * The port to batch providers: one interface, what goes in and out of it, and the closed set of
 * errors. Each adapter lives in a package of its own and is the only place that knows its
 * provider's JSON.
 */
@NullMarked
package dev.offpeak.provider;

import org.jspecify.annotations.NullMarked;
