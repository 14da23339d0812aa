package dev.offpeak.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * The registry behind {@code mock://name}: within one process, everyone who uses the same name
 * shares it. It lives as long as the process, as values written with its ids may.
 */
final class InProcessRegistry implements SchemaRegistry {

  private static final Map<String, InProcessRegistry> BY_NAME = new ConcurrentHashMap<>();

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();

  private InProcessRegistry() {}

  static InProcessRegistry named(String name) {
    return BY_NAME.computeIfAbsent(name, _ -> new InProcessRegistry());
  }

  /** One that nobody else has. */
  static InProcessRegistry unnamed() {
    return new InProcessRegistry();
  }

  /** Whether the subject has the schema. */
  synchronized boolean has(String subject, Schema schema) {
    int id = schemas.indexOf(schema) + 1;
    return subjects.getOrDefault(subject, List.of()).contains(id);
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    int known = schemas.indexOf(schema);
    if (known < 0) {
      known = schemas.size();
      schemas.add(schema);
    }
    int id = known + 1;
    List<Integer> versions = subjects.computeIfAbsent(subject, _ -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return id;
  }

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    int id = schemas.indexOf(schema) + 1;
    if (!versions(subject).contains(id)) {
      throw new RegistryRefusal(
          "subject " + subject + " has no schema " + schema.getFullName() + " like ours");
    }
    return id;
  }

  @Override
  public synchronized RegisteredSchema latest(String subject) {
    int id = versions(subject).getLast();
    return new RegisteredSchema(id, schemas.get(id - 1));
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new RegistryRefusal("there is no schema with id " + id);
    }
    return schemas.get(id - 1);
  }

  private List<Integer> versions(String subject) {
    List<Integer> versions = subjects.get(subject);
    if (versions == null) {
      throw new RegistryRefusal("there is no subject " + subject);
    }
    return versions;
  }

  /** Others may still use it. */
  @Override
  public void close() {}
}
