/** Requests that came in over HTTP, one by one: where each is, and what came of it. */
@NullMarked
package dev.offpeak.ingest.requests;

import org.jspecify.annotations.NullMarked;
