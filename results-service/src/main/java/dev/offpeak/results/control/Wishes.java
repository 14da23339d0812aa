package dev.offpeak.results.control;

import dev.offpeak.results.lane.LaneRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What operators have asked for lately, as far as requests that wait for a synchronous call are
 * concerned. A cancel counts for what was there before it, so that reading it again after a restart
 * does no harm. Safe for threads.
 */
public final class Wishes {

  /** Longer than llm.control keeps them, after which an instance that starts knows none. */
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private static final String EVERY_ACCOUNT = "*";

  private final Map<String, Instant> pauses = new ConcurrentHashMap<>();
  private final Map<String, Instant> resumes = new ConcurrentHashMap<>();
  private final List<ControlRecord> cancels = new CopyOnWriteArrayList<>();

  /** Takes note of a wish; says whether it may be about such requests. */
  public boolean heed(ControlRecord wish) {
    return switch (wish.getAction()) {
      case PAUSE -> note(pauses, wish);
      case RESUME -> note(resumes, wish);
      case CANCEL -> {
        Instant longAgo = wish.getIssuedAt().minus(REMEMBERED);
        cancels.removeIf(cancel -> cancel.getIssuedAt().isBefore(longAgo));
        yield cancels.add(wish);
      }
      case FLUSH, ADOPT, DISCARD, UNUSABLE, USABLE -> false;
    };
  }

  private static boolean note(Map<String, Instant> times, ControlRecord wish) {
    String account = wish.getAccount() == null ? EVERY_ACCOUNT : wish.getAccount();
    times.merge(account, wish.getIssuedAt(), Wishes::later);
    return true;
  }

  /** Whether the account's last pause, alone or with all others, is later than its last resume. */
  public boolean holds(String account) {
    return last(pauses, account).isAfter(last(resumes, account));
  }

  private static Instant last(Map<String, Instant> times, String account) {
    return later(
        times.getOrDefault(account, Instant.MIN), times.getOrDefault(EVERY_ACCOUNT, Instant.MIN));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * When the request was cancelled; null when it was not.
   *
   * @param batch the batch of one that it is
   */
  public @Nullable Instant cancelledAt(SealedBatch batch, LaneRequest request) {
    return cancels.stream()
        .filter(cancel -> isAbout(cancel, batch, request))
        .map(ControlRecord::getIssuedAt)
        .findFirst()
        .orElse(null);
  }

  private static boolean isAbout(ControlRecord cancel, SealedBatch batch, LaneRequest request) {
    boolean ofRequests = cancel.getTenant() != null || cancel.getCustomId() != null;
    return ofRequests ? isAbout(cancel, request) : isAbout(cancel, batch);
  }

  private static boolean isAbout(ControlRecord cancel, SealedBatch batch) {
    return isAny(cancel.getBatchId(), batch.getBatchId())
        && isAny(cancel.getLane(), batch.getLane())
        && isAny(cancel.getAccount(), batch.getAccount())
        && !batch.getSealedAt().isAfter(cancel.getIssuedAt());
  }

  private static boolean isAbout(ControlRecord cancel, LaneRequest request) {
    String tenant = cancel.getTenant();
    return request.tenant().equals(tenant == null ? OffpeakHeaders.DEFAULT_TENANT : tenant)
        && isAny(cancel.getCustomId(), request.customId())
        && !request.admittedAt().isAfter(cancel.getIssuedAt());
  }

  private static boolean isAny(@Nullable String named, String one) {
    return named == null || named.equals(one);
  }
}
