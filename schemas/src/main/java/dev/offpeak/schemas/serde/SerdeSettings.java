package dev.offpeak.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * How schemas are named and registered, read from properties with Confluent's names and defaults.
 *
 * @param isKey whether keys are written, or values
 * @param autoRegister {@code auto.register.schemas}: whether schemas that are not in the registry
 *     are registered; goes before {@code useLatest}
 * @param useLatest {@code use.latest.version}: records are written in the subject's latest schema
 * @param removeJavaProperties {@code avro.remove.java.properties}: schemas are registered without
 *     {@code avro.java.string}, as they stand in the files that they are generated from
 * @param subject {@code key.subject.name.strategy} or {@code value.subject.name.strategy}
 */
record SerdeSettings(
    boolean isKey,
    boolean autoRegister,
    boolean useLatest,
    boolean removeJavaProperties,
    SubjectName subject) {

  static final String AUTO_REGISTER = "auto.register.schemas";
  static final String USE_LATEST = "use.latest.version";
  static final String REMOVE_JAVA_PROPERTIES = "avro.remove.java.properties";
  static final String KEY_SUBJECT = "key.subject.name.strategy";
  static final String VALUE_SUBJECT = "value.subject.name.strategy";
  static final String KEY_TYPE = "specific.avro.key.type";
  static final String VALUE_TYPE = "specific.avro.value.type";

  static SerdeSettings of(Map<String, ?> properties, boolean isKey) {
    String subjectKey = isKey ? KEY_SUBJECT : VALUE_SUBJECT;
    Object subject = properties.get(subjectKey);
    return new SerdeSettings(
        isKey,
        flag(properties, AUTO_REGISTER, true),
        flag(properties, USE_LATEST, false),
        flag(properties, REMOVE_JAVA_PROPERTIES, false),
        subject == null
            ? SubjectName.TOPIC
            : SubjectName.named(
                subjectKey, subject instanceof Class<?> c ? c.getName() : subject.toString()));
  }

  private static boolean flag(Map<String, ?> properties, String key, boolean otherwise) {
    Object value = properties.get(key);
    if (value == null) {
      return otherwise;
    }
    return switch (value.toString().strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(key + " is " + value + "; it must be true or false");
    };
  }
}
