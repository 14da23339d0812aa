/** What the ingest-service measures. */
@NullMarked
package dev.offpeak.ingest.metrics;

import org.jspecify.annotations.NullMarked;
