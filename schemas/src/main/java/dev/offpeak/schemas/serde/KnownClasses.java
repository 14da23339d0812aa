package dev.offpeak.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's model of one record type: makes objects of the classes that the type's own schema names,
 * and of no other. Avro would look for classes by names in the data's schema, and since 1.12.2 asks
 * for a list, global to the process, of those that it may find.
 */
final class KnownClasses extends SpecificData {

  private final Map<String, Class<?>> classes = new HashMap<>();

  KnownClasses(Class<? extends SpecificRecord> type, Schema schema) {
    super(type.getClassLoader());
    for (Conversion<?> conversion : SpecificData.getForClass(type).getConversions()) {
      addLogicalTypeConversion(conversion);
    }
    learn(schema, type.getClassLoader());
  }

  private void learn(Schema schema, ClassLoader loader) {
    switch (schema.getType()) {
      case RECORD -> {
        if (find(schema, loader)) {
          schema.getFields().forEach(field -> learn(field.schema(), loader));
        }
      }
      case ENUM, FIXED -> find(schema, loader);
      case ARRAY -> learn(schema.getElementType(), loader);
      case MAP -> learn(schema.getValueType(), loader);
      case UNION -> schema.getTypes().forEach(each -> learn(each, loader));
      default -> {}
    }
  }

  /** Whether the schema's class was not known yet. */
  private boolean find(Schema schema, ClassLoader loader) {
    if (classes.containsKey(schema.getFullName())) {
      return false;
    }
    try {
      classes.put(
          schema.getFullName(), Class.forName(SpecificData.getClassName(schema), false, loader));
      return true;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a generated class is missing", e);
    }
  }

  @Override
  @SuppressWarnings({"rawtypes", "NullAway"}) // As Avro declares it; null means no class.
  public Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> classes.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }
}
