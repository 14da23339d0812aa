/** Calls over HTTP: streamed bodies of known length, watched transfers, what a failure means. */
@NullMarked
package dev.offpeak.provider.http;

import org.jspecify.annotations.NullMarked;
