package dev.offpeak.schemas.foreign;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Makes serializers of classes that the configuration names. They must be on the class path. */
public final class ForeignSerdes {

  private ForeignSerdes() {}

  /**
   * A serializer of values of any type.
   *
   * @param key the property that named the class
   * @param properties it is configured with
   * @throws ConfigException when there is no such class
   */
  public static <T> Serializer<T> serializer(
      String key, String className, Map<String, Object> properties) {
    @SuppressWarnings("unchecked") // It writes any Avro record.
    Serializer<T> foreign = (Serializer<T>) load(key, className, Serializer.class);
    foreign.configure(properties, false);
    return new ForeignSerializer<>(foreign);
  }

  /**
   * A deserializer of values of that type, which is told so by Confluent's properties.
   *
   * @param key the property that named the class
   * @param properties it is configured with besides
   * @throws ConfigException when there is no such class
   */
  public static <T> Deserializer<T> deserializer(
      String key, String className, Map<String, Object> properties, Class<T> type) {
    Deserializer<?> foreign = load(key, className, Deserializer.class);
    var all = new HashMap<>(properties);
    all.put("specific.avro.reader", true);
    all.put("specific.avro.value.type", type);
    foreign.configure(all, false);
    return new ForeignDeserializer<>(foreign, type, new SecondOpinion(properties));
  }

  private static <T> T load(String key, String className, Class<T> type) {
    try {
      return Utils.newInstance(className, type);
    } catch (ClassNotFoundException e) {
      throw new ConfigException(
          key + " is " + className + "; there is no such class. Put its jar on the class path");
    }
  }
}
