/** The properties of Kafka clients. */
@NullMarked
package dev.offpeak.runtime.kafka;

import org.jspecify.annotations.NullMarked;
