package dev.offpeak.schemas.registry;

import org.apache.avro.Schema;

/**
 * Schemas of subjects, each with an id that is unique in the registry and never changes its
 * meaning. Thread-safe. Every method may block on the network.
 */
public interface SchemaRegistry extends AutoCloseable {

  /**
   * The id of the schema in the subject; it is registered there when it is not yet.
   *
   * @throws RegistryUnavailable when the registry can't be asked
   * @throws RegistryRefusal when it takes no such schema, as when it is incompatible
   */
  int register(String subject, Schema schema);

  /**
   * The id of the schema in the subject.
   *
   * @throws RegistryUnavailable when the registry can't be asked
   * @throws RegistryRefusal when the subject has no such schema
   */
  int idOf(String subject, Schema schema);

  /**
   * The latest schema of the subject.
   *
   * @throws RegistryUnavailable when the registry can't be asked
   * @throws RegistryRefusal when there is no such subject
   */
  RegisteredSchema latest(String subject);

  /**
   * The schema with that id.
   *
   * @throws RegistryUnavailable when the registry can't be asked
   * @throws RegistryRefusal when it has none with that id, or it is not an Avro schema
   */
  Schema byId(int id);

  /** Gives connections back. */
  @Override
  void close();
}
