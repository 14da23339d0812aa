package dev.offpeak.runtime.config.load;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the values that a process really runs with, for its start-up log. */
public final class EffectiveConfig {

  private EffectiveConfig() {}

  /** One line per setting, {@code path = value}, in the record's order, without secrets. */
  public static List<String> describe(Record config) {
    var lines = new ArrayList<String>();
    describe(config, ConfigPath.ROOT, lines);
    return List.copyOf(lines);
  }

  private static void describe(@Nullable Object value, ConfigPath path, List<String> lines) {
    switch (value) {
      case null -> lines.add(path.dotted() + " = (not set)");
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          describe(list.get(i), path.index(i), lines);
        }
      }
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((key, entry) -> describe(entry, path.child(key.toString()), lines));
      case List<?> _, Map<?, ?> _ -> lines.add(path.dotted() + " = (none)");
      case Record part when !ScalarTypes.isScalar(part.getClass()) -> {
        for (var component : part.getClass().getRecordComponents()) {
          describe(read(part, component), path.child(ConfigPath.kebab(component.getName())), lines);
        }
      }
      default -> lines.add(path.dotted() + " = " + printable(value, path));
    }
  }

  private static String printable(Object value, ConfigPath path) {
    return switch (value) {
      case Enum<?> constant -> ScalarTypes.enumText(constant);
      case String text -> Masking.shown(path.dotted(), text);
      case URI address -> Masking.shown("", address.toString());
      default -> value.toString();
    };
  }

  private static @Nullable Object read(Record part, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(part);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
