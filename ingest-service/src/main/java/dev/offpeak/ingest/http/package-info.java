/** The HTTP side: one route class per noun, and one shape of error for all of them. */
@NullMarked
package dev.offpeak.ingest.http;

import org.jspecify.annotations.NullMarked;
