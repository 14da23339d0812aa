package dev.offpeak.standalone.docs;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a row of docs/configuration.md must say about a setting before it explains it.
 *
 * @param key path in the YAML file; {@code <name>} stands for a key of a map
 * @param type what kind of value it takes
 * @param unset its default, {@code required}, or {@code –} when it may be left out
 */
record SettingRow(String key, String type, String unset) {

  /** Every setting of a configuration record. */
  static List<SettingRow> of(Class<?> config) {
    return settings("", config).toList();
  }

  private static Stream<SettingRow> settings(String path, Class<?> config) {
    return Arrays.stream(config.getRecordComponents())
        .flatMap(component -> settings(path + kebab(component.getName()), component));
  }

  private static Stream<SettingRow> settings(String key, RecordComponent component) {
    Type type = component.getGenericType();
    if (component.getType() == Map.class) {
      String each = key + ".<name>";
      Type value = lastArgument(type);
      return value instanceof Class<?> group && isGroup(group)
          ? settings(each + ".", group)
          : Stream.of(new SettingRow(each, typeName(value), "–"));
    }
    return type instanceof Class<?> group && isGroup(group)
        ? settings(key + ".", group)
        : Stream.of(new SettingRow(key, typeName(type), unset(component)));
  }

  private static Type lastArgument(Type collection) {
    Type[] arguments = ((ParameterizedType) collection).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  private static boolean isGroup(Class<?> type) {
    return type.isRecord() && type != ByteSize.class;
  }

  private static String unset(RecordComponent component) {
    Default value = component.getAnnotation(Default.class);
    if (value != null) {
      return value.value().isEmpty() ? "empty" : "`" + value.value() + "`";
    }
    boolean optional =
        component.getType() == List.class
            || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return optional ? "–" : "required";
  }

  private static String typeName(Type type) {
    if (type instanceof ParameterizedType) {
      return "list of " + typeName(lastArgument(type));
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return Arrays.stream(choice.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining("`, `", "`", "`"));
    }
    return Map.of(
            ByteSize.class, "size",
            Duration.class, "duration",
            Secret.class, "secret",
            Path.class, "path",
            URI.class, "URL",
            String.class, "text",
            boolean.class, "`true`, `false`",
            Boolean.class, "`true`, `false`")
        .getOrDefault(type, "number");
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** How the row begins. */
  String markdown() {
    return "| `" + key + "` | " + type + " | " + unset + " |";
  }
}
