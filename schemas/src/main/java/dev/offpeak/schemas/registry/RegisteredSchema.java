package dev.offpeak.schemas.registry;

import org.apache.avro.Schema;

/**
 * A schema that a registry has.
 *
 * @param id by which values name it
 * @param schema parsed
 */
public record RegisteredSchema(int id, Schema schema) {}
