package dev.offpeak.operations.replay;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names that were met while looking, for whoever has looked in vain. Not thread-safe. */
final class SeenNames {

  private static final int KEPT = 100;
  private static final int SHOWN = 10;

  private final Map<Kind, TreeSet<String>> met = new EnumMap<>(Kind.class);

  /** What can be asked for. */
  enum Kind {
    TENANT,
    MODEL,
    LABEL,
    CODE
  }

  /** Takes note of a name. */
  void meet(Kind kind, String name) {
    TreeSet<String> names = met.computeIfAbsent(kind, _ -> new TreeSet<>());
    if (names.size() < KEPT) {
      names.add(name);
    }
  }

  /** Those of a kind. */
  Collection<String> of(Kind kind) {
    return met.getOrDefault(kind, new TreeSet<>());
  }

  /** Some of each kind for a person; empty when nothing was met. */
  String text() {
    return met.entrySet().stream()
        .map(
            kind ->
                kind.getKey().name().toLowerCase(Locale.ROOT)
                    + "s "
                    + kind.getValue().stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (kind.getValue().size() > SHOWN ? ", ..." : ""))
        .collect(Collectors.joining("; "));
  }
}
