package dev.offpeak.runtime.config.load;

import dev.offpeak.runtime.config.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes and overrides into records. Whatever does not fit becomes a problem and binding goes
 * on, so that one run finds them all; a record is only constructed when its parts are sound.
 */
final class RecordBinder {

  private final EnvironmentOverrides environment;
  private final SecretReader secrets;
  private final List<ConfigProblem> problems = new ArrayList<>();

  RecordBinder(EnvironmentOverrides environment) {
    this.environment = environment;
    this.secrets = new SecretReader(environment);
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  /** The record, or null when there were problems. */
  @Nullable Object bindRecord(Class<?> type, ConfigNode node, ConfigPath path) {
    if (!(node instanceof ConfigNode.Mapping) && !(node instanceof ConfigNode.Absent)) {
      return problem(path, null, "must be a group of settings, not " + node.kind());
    }
    var mapping =
        node instanceof ConfigNode.Mapping present ? present : new ConfigNode.Mapping(Map.of());
    int before = problems.size();
    reportUnknownKeys(type, mapping, path);
    var components = type.getRecordComponents();
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      var key = ConfigPath.kebab(components[i].getName());
      values[i] =
          bindValue(
              components[i].getGenericType(),
              mapping.get(key),
              path.child(key),
              WhenUnset.of(components[i]));
    }
    return problems.size() == before ? construct(type, values, path) : null;
  }

  private @Nullable Object bindValue(
      Type type, ConfigNode node, ConfigPath path, WhenUnset whenUnset) {
    var raw = rawClass(type);
    if (ScalarTypes.isScalar(raw)) {
      return bindScalar(raw, node, path, whenUnset);
    }
    if (raw == List.class) {
      return bindList(argument(type, 0), node, path, whenUnset);
    }
    if (raw == Map.class) {
      return bindMap(argument(type, 1), node, path);
    }
    if (!raw.isRecord()) {
      throw new IllegalStateException(path.dotted() + " has a type that no file can hold: " + raw);
    }
    var isUnset = node instanceof ConfigNode.Absent && !isOverridden(raw, path);
    return isUnset && whenUnset.nullable() ? null : bindRecord(raw, node, path);
  }

  private @Nullable Object bindScalar(
      Class<?> type, ConfigNode node, ConfigPath path, WhenUnset whenUnset) {
    var override = environment.take(path);
    if (override != null) {
      return parse(type, override, path);
    }
    if (type == Secret.class && node instanceof ConfigNode.Mapping) {
      return parseSecret(node, path);
    }
    return switch (node) {
      case ConfigNode.Scalar(var text) -> parse(type, text, path);
      case ConfigNode.Absent _ -> {
        var fallback = whenUnset.defaultText();
        if (fallback != null) {
          yield parse(type, fallback, path);
        }
        yield whenUnset.nullable()
            ? null
            : problem(path, null, "must be set", "Set it in the file or as " + path.variable());
      }
      case ConfigNode.Listing _, ConfigNode.Mapping _ ->
          problem(path, null, "must be a single value, not " + node.kind());
    };
  }

  private @Nullable Object parse(Class<?> type, String text, ConfigPath path) {
    if (type == Secret.class) {
      return parseSecret(new ConfigNode.Scalar(text), path);
    }
    try {
      return ScalarTypes.parse(type, text.strip());
    } catch (IllegalArgumentException e) {
      return problem(path, Masking.shown(path.dotted(), text), ruleOf(e));
    }
  }

  private @Nullable Object parseSecret(ConfigNode node, ConfigPath path) {
    try {
      return secrets.read(SecretReader.reference(node));
    } catch (IllegalArgumentException e) {
      return problem(path, null, ruleOf(e));
    }
  }

  private @Nullable Object bindList(
      Type element, ConfigNode node, ConfigPath path, WhenUnset whenUnset) {
    var isScalar = ScalarTypes.isScalar(rawClass(element));
    var override = isScalar ? environment.take(path) : null;
    var text =
        override == null && node instanceof ConfigNode.Absent ? whenUnset.defaultText() : override;
    var effective = text == null ? node : splitAtCommas(text);
    return switch (effective) {
      case ConfigNode.Absent _ -> whenUnset.nullable() ? null : List.of();
      case ConfigNode.Listing(var elements) -> {
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < elements.size(); i++) {
          values.add(bindValue(element, elements.get(i), path.index(i), WhenUnset.REFUSE));
        }
        yield Collections.unmodifiableList(values);
      }
      case ConfigNode.Scalar _, ConfigNode.Mapping _ ->
          problem(path, null, "must be a list, not " + effective.kind());
    };
  }

  private static ConfigNode splitAtCommas(String text) {
    return new ConfigNode.Listing(
        Arrays.stream(text.split(",", -1))
            .map(part -> (ConfigNode) new ConfigNode.Scalar(part.strip()))
            .toList());
  }

  private @Nullable Object bindMap(Type value, ConfigNode node, ConfigPath path) {
    return switch (node) {
      case ConfigNode.Absent _ -> Map.of();
      case ConfigNode.Mapping(var entries) -> {
        var values = new LinkedHashMap<String, @Nullable Object>();
        entries.forEach(
            (key, entry) ->
                values.put(key, bindValue(value, entry, path.child(key), WhenUnset.REFUSE)));
        yield Collections.unmodifiableMap(values);
      }
      case ConfigNode.Scalar _, ConfigNode.Listing _ ->
          problem(path, null, "must be a group of settings, not " + node.kind());
    };
  }

  private void reportUnknownKeys(Class<?> type, ConfigNode.Mapping mapping, ConfigPath path) {
    var known =
        Arrays.stream(type.getRecordComponents())
            .map(component -> ConfigPath.kebab(component.getName()))
            .toList();
    for (var key : mapping.entries().keySet()) {
      if (!known.contains(key)) {
        problems.add(Suggestion.unknownKey(path, key, known));
      }
    }
  }

  /** Whether the environment sets something inside a record that the file does not mention. */
  private boolean isOverridden(Class<?> type, ConfigPath path) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(
            component -> {
              var inner = path.child(ConfigPath.kebab(component.getName()));
              var raw = component.getType();
              return (raw.isRecord() && !ScalarTypes.isScalar(raw))
                  ? isOverridden(raw, inner)
                  : environment.has(inner);
            });
  }

  private @Nullable Object construct(Class<?> type, @Nullable Object[] values, ConfigPath path) {
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        return problem(path, null, ruleOf(refusal));
      }
      throw new IllegalStateException(type + " cannot be constructed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be constructed", e);
    }
  }

  private @Nullable Object problem(ConfigPath path, @Nullable String value, String rule) {
    return problem(path, value, rule, "Correct it in the file or the environment");
  }

  private @Nullable Object problem(
      ConfigPath path, @Nullable String value, String rule, String remedy) {
    problems.add(new ConfigProblem(path.dotted(), value, rule, remedy));
    return null;
  }

  private static String ruleOf(IllegalArgumentException e) {
    return e.getMessage() == null ? "was refused" : e.getMessage();
  }

  private static Class<?> rawClass(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException("no file can hold the type " + type);
    };
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
