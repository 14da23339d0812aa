/**
 * Single calls that can wait: each is a batch of one line, and comes back where it was asked for.
 */
@NullMarked
package dev.offpeak.ingest.deferred;

import org.jspecify.annotations.NullMarked;
