/**
 * Avro records as values in the Confluent wire format: magic byte 0, four bytes of schema id, Avro
 * binary. Begin at {@link dev.offpeak.schemas.serde.SerdeFactory}; plain Kafka clients name {@link
 * dev.offpeak.schemas.serde.AvroSerializer} and {@link dev.offpeak.schemas.serde.AvroDeserializer}
 * in their configuration.
 */
@NullMarked
package dev.offpeak.schemas.serde;

import org.jspecify.annotations.NullMarked;
