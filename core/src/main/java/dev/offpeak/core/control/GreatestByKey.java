package dev.offpeak.core.control;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of each key the greatest value that was added, which is the same in whatever order and however
 * often they were. One thread adds, any may read.
 */
final class GreatestByKey<K, V extends Comparable<? super V>> {

  private final Map<K, V> values = new ConcurrentHashMap<>();

  /** Adds a value; says whether it is greater than all before it. */
  boolean add(K key, V value) {
    V before = values.get(key);
    boolean isGreater = before == null || before.compareTo(value) < 0;
    if (isGreater) {
      values.put(key, value);
    }
    return isGreater;
  }

  @Nullable V of(K key) {
    return values.get(key);
  }

  Stream<Map.Entry<K, V>> all() {
    return values.entrySet().stream();
  }

  void removeIf(Predicate<V> unwanted) {
    values.values().removeIf(unwanted);
  }
}
