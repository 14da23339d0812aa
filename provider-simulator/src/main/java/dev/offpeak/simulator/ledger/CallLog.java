package dev.offpeak.simulator.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How often each call was made and how it was answered. Kept as one short line a call ({@code
 * provider call status effect}), so that the counts survive a restart.
 */
public final class CallLog implements AutoCloseable {
  /**
   * Counts of one kind of call.
   *
   * @param calls times it was called
   * @param effects times it took effect, whatever the caller was told
   * @param byStatus times by the HTTP status told; {@code cut} for a cut connection
   */
  public record CallCount(long calls, long effects, Map<String, Long> byStatus) {
    private static final CallCount NONE = new CallCount(0, 0, Map.of());

    private CallCount plus(String status, boolean effect) {
      Map<String, Long> statuses = new TreeMap<>(byStatus);
      statuses.merge(status, 1L, Long::sum);
      return new CallCount(calls + 1, effects + (effect ? 1 : 0), statuses);
    }
  }

  /** The status of a call whose connection was cut. */
  public static final String CUT = "cut";

  /** The status of a call that took effect only after it was answered. */
  public static final String LATE = "late";

  private final Map<String, Map<String, CallCount>> counts = new TreeMap<>();
  private final BufferedWriter log;

  /** Opens the log and counts what is in it. */
  public CallLog(Path file) throws IOException {
    if (Files.exists(file)) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.map(line -> line.split(" ", -1)).filter(f -> f.length == 4).forEach(this::count);
      }
    }
    log = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void count(String[] line) {
    add(line[0], line[1], line[2], Boolean.parseBoolean(line[3]));
  }

  private void add(String provider, String call, String status, boolean effect) {
    Map<String, CallCount> ofProvider = counts.computeIfAbsent(provider, p -> new TreeMap<>());
    ofProvider.put(call, ofProvider.getOrDefault(call, CallCount.NONE).plus(status, effect));
  }

  /** Enters a call. */
  public synchronized void enter(String provider, String call, String status, boolean effect) {
    add(provider, call, status, effect);
    try {
      log.write(provider + ' ' + call + ' ' + status + ' ' + effect + '\n');
      log.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The counts by provider and call. */
  public synchronized Map<String, Map<String, CallCount>> counts() {
    Map<String, Map<String, CallCount>> copy = new TreeMap<>();
    counts.forEach((provider, calls) -> copy.put(provider, new TreeMap<>(calls)));
    return copy;
  }

  /** Times a kind of call took effect, over all providers. */
  public synchronized long effects(String call) {
    return counts.values().stream()
        .mapToLong(calls -> calls.getOrDefault(call, CallCount.NONE).effects())
        .sum();
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
