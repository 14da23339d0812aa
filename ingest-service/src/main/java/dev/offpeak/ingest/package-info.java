/** The ingest-service: requests over HTTP for those who do not speak Kafka. */
@NullMarked
package dev.offpeak.ingest;

import org.jspecify.annotations.NullMarked;
