/** Whether a request is admitted, decided without Kafka. */
@NullMarked
package dev.offpeak.batcher.admit;

import org.jspecify.annotations.NullMarked;
