package dev.offpeak.ingest.auth;

import dev.offpeak.schemas.avro.GatewayKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The keys of llm.keys, as far as they were read. Safe for threads. */
public final class KeyBook {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final CountDownLatch read;
  private final Map<String, GatewayKey> byName = new ConcurrentHashMap<>();
  private final Map<String, GatewayKey> byDigest = new ConcurrentHashMap<>();

  /**
   * An empty one.
   *
   * @param isRead whether nothing more will be read into it before it can be used
   */
  public KeyBook(Clock clock, boolean isRead) {
    this.clock = clock;
    this.read = new CountDownLatch(isRead ? 0 : 1);
  }

  /** All that there was has been read. */
  public void opened() {
    read.countDown();
  }

  /** Waits until all that there was has been read. */
  void awaitRead() {
    try {
      if (!read.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new NotRead();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotRead();
    }
  }

  /** The keys are not known yet: nobody can be let in, and nobody turned away for good. */
  public static final class NotRead extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  /**
   * What the topic says of a key.
   *
   * @param key null when it is there no more
   */
  public void put(String name, @Nullable GatewayKey key) {
    GatewayKey before = key == null ? byName.remove(name) : byName.put(name, key);
    if (key != null) {
      byDigest.put(key.getDigest(), key);
    }
    if (before != null && (key == null || !before.getDigest().equals(key.getDigest()))) {
      byDigest.remove(before.getDigest());
    }
  }

  /** Whether there never was one. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** How many there are, good or not. */
  public int size() {
    return byName.size();
  }

  /** Who has the key of that digest; null when it is unknown, revoked or expired. */
  @Nullable Caller find(String digest) {
    GatewayKey key = byDigest.get(digest);
    boolean isGood =
        key != null
            && key.getRevokedAt() == null
            && (key.getExpiresAt() == null || key.getExpiresAt().isAfter(clock.instant()));
    return key != null && isGood ? caller(key) : null;
  }

  private static Caller caller(GatewayKey key) {
    return new Caller(
        key.getName(),
        key.getTenant(),
        key.getMayChooseTenant(),
        new KeyTerms(
            key.getTeam(),
            key.getFeature(),
            key.getPolicy(),
            key.getRules().stream().map(DeferRule::of).toList(),
            key.getModels(),
            new RateLimits(
                key.getRequestsPerMinute(), key.getInputTokensPerMinute(), key.getConcurrent()),
            new Allowance(key.getDayPicoUsd(), key.getMonthPicoUsd())));
  }
}
