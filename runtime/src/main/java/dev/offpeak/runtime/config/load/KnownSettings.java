package dev.offpeak.runtime.config.load;

import dev.offpeak.runtime.config.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every setting of several programs together, for one of them that is given the file and the
 * environment of another: what any of them knows is no mistake. Values are not looked at.
 */
final class KnownSettings {

  private final List<Type> programs;
  private final List<Pattern> variables;

  KnownSettings(List<? extends Class<? extends Record>> programs) {
    this.programs = List.copyOf(programs);
    this.variables =
        programs.stream()
            .flatMap(program -> variables(program, ConfigPath.ROOT.variable()).stream())
            .distinct()
            .map(Pattern::compile)
            .toList();
  }

  /** Whether the variable sets something in one of the programs. */
  boolean knowsVariable(String name) {
    return variables.stream().anyMatch(form -> form.matcher(name).matches());
  }

  /** A problem for each key that none of the programs knows. */
  List<ConfigProblem> unknownKeys(ConfigNode file) {
    List<ConfigProblem> problems = new ArrayList<>();
    check(programs, file, ConfigPath.ROOT, problems);
    return problems;
  }

  private static void check(
      List<Type> kinds, ConfigNode node, ConfigPath path, List<ConfigProblem> problems) {
    switch (node) {
      case ConfigNode.Mapping(var entries) when kinds.stream().anyMatch(KnownSettings::hasKeys) ->
          entries.forEach((key, value) -> checkKey(kinds, key, value, path, problems));
      case ConfigNode.Listing(var elements) -> {
        List<Type> kindsOfElements =
            kinds.stream()
                .filter(kind -> raw(kind) == List.class)
                .map(list -> argument(list, 0))
                .toList();
        for (int i = 0; i < elements.size(); i++) {
          check(kindsOfElements, elements.get(i), path.index(i), problems);
        }
      }
      case ConfigNode.Mapping _, ConfigNode.Scalar _, ConfigNode.Absent _ -> {}
    }
  }

  private static void checkKey(
      List<Type> kinds,
      String key,
      ConfigNode value,
      ConfigPath path,
      List<ConfigProblem> problems) {
    Set<String> possible = new LinkedHashSet<>();
    List<Type> inside = new ArrayList<>();
    for (Type kind : kinds) {
      if (raw(kind) == Map.class) {
        inside.add(argument(kind, 1));
      } else if (isGroup(kind)) {
        keys(raw(kind))
            .forEach(
                (name, its) -> {
                  possible.add(name);
                  if (name.equals(key)) {
                    inside.add(its);
                  }
                });
      }
    }
    if (inside.isEmpty()) {
      problems.add(Suggestion.unknownKey(path, key, possible));
    } else {
      check(inside, value, path.child(key), problems);
    }
  }

  /** Variables as expressions: what stands for a key of a map can be anything. */
  private static List<String> variables(Type kind, String so) {
    Class<?> raw = raw(kind);
    if (raw == Map.class) {
      return variables(argument(kind, 1), so + "_[A-Z0-9_]+");
    }
    if (raw == List.class) {
      List<String> both = new ArrayList<>(variables(argument(kind, 0), so + "_[0-9]+"));
      both.add(so);
      return both;
    }
    if (!isGroup(kind)) {
      return List.of(so);
    }
    return keys(raw).entrySet().stream()
        .flatMap(
            key ->
                variables(key.getValue(), new ConfigPath("", so).child(key.getKey()).variable())
                    .stream())
        .toList();
  }

  private static boolean hasKeys(Type kind) {
    return raw(kind) == Map.class || isGroup(kind);
  }

  private static boolean isGroup(Type kind) {
    Class<?> raw = raw(kind);
    return raw.isRecord() && !ScalarTypes.isScalar(raw) && raw != Secret.class;
  }

  private static Map<String, Type> keys(Class<?> group) {
    Map<String, Type> keys = new LinkedHashMap<>();
    Arrays.stream(group.getRecordComponents())
        .forEach(part -> keys.put(ConfigPath.kebab(part.getName()), part.getGenericType()));
    return keys;
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** What of the file is of that record; the rest is for others. */
  static ConfigNode partFor(Type kind, ConfigNode node) {
    if (!(node instanceof ConfigNode.Mapping(var entries)) || !hasKeys(kind)) {
      return node;
    }
    Map<String, ConfigNode> kept = new LinkedHashMap<>();
    Map<String, Type> own = raw(kind) == Map.class ? Map.of() : keys(raw(kind));
    entries.forEach(
        (key, value) -> {
          Type its = raw(kind) == Map.class ? argument(kind, 1) : own.get(key);
          if (its != null) {
            kept.put(key, partFor(its, value));
          }
        });
    return new ConfigNode.Mapping(kept);
  }
}
