/** The HTTP server of a process: health, metrics, and what a service adds. */
@NullMarked
package dev.offpeak.runtime.http;

import org.jspecify.annotations.NullMarked;
