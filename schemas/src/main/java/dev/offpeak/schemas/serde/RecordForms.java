package dev.offpeak.schemas.serde;

import dev.offpeak.schemas.registry.RegisteredSchema;
import dev.offpeak.schemas.registry.RegistryRefusal;
import dev.offpeak.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;

/** Decides with the registry's help how records of a type are written to a topic. */
final class RecordForms {

  private static final String JAVA_STRING = "{\"type\":\"string\",\"avro.java.string\":\"String\"}";
  private static final String JAVA_PROPERTY = ",\"avro.java.string\":\"String\"";

  private final SchemaRegistry registry;
  private final SerdeSettings settings;

  RecordForms(SchemaRegistry registry, SerdeSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  RecordForm of(String topic, SpecificRecord record) {
    Schema own = record.getSchema();
    Schema registered = settings.removeJavaProperties() ? withoutJavaProperties(own) : own;
    String subject = settings.subject().of(topic, settings.isKey(), own);
    if (settings.autoRegister()) {
      return RecordForm.asIs(registry.register(subject, registered), record.getClass(), own);
    }
    if (settings.useLatest()) {
      return latest(subject, record.getClass(), own);
    }
    return RecordForm.asIs(idOf(subject, registered), record.getClass(), own);
  }

  private int idOf(String subject, Schema schema) {
    try {
      return registry.idOf(subject, schema);
    } catch (RegistryRefusal e) {
      throw new RegistryRefusal(
          e.getMessage()
              + ". Register it, or set "
              + SerdeSettings.AUTO_REGISTER
              + " or "
              + SerdeSettings.USE_LATEST
              + "; a schema registered from an .avsc file is found only with "
              + SerdeSettings.REMOVE_JAVA_PROPERTIES
              + "=true");
    }
  }

  private RecordForm latest(String subject, Class<?> type, Schema own) {
    RegisteredSchema latest = registry.latest(subject);
    if (own.equals(latest.schema())) {
      return RecordForm.asIs(latest.id(), type, own);
    }
    var compatibility =
        SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), own).getResult();
    if (compatibility.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      throw new RegistryRefusal(
          "records of "
              + own.getFullName()
              + " can't be written in the latest schema of subject "
              + subject
              + " (id "
              + latest.id()
              + "), which has what ours have not: "
              + compatibility.getIncompatibilities());
    }
    return RecordForm.converted(latest.id(), type, own, latest.schema());
  }

  /** In a schema's text these can only be properties: in a doc their quotes would be escaped. */
  private static Schema withoutJavaProperties(Schema schema) {
    return new Schema.Parser()
        .parse(schema.toString().replace(JAVA_STRING, "\"string\"").replace(JAVA_PROPERTY, ""));
  }
}
