/** The clients of Kafka: the producer of llm.requests, and a look at the topic for readiness. */
@NullMarked
package dev.offpeak.ingest.kafka;

import org.jspecify.annotations.NullMarked;
