package dev.offpeak.core.control;

import dev.offpeak.core.control.ControlCommand.CancelBatches;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlCommand.Flush;
import dev.offpeak.core.control.ControlCommand.Notice;
import dev.offpeak.core.control.ControlCommand.Pause;
import dev.offpeak.core.control.ControlCommand.Resume;
import dev.offpeak.core.control.ControlCommand.Settle;
import dev.offpeak.core.lane.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of llm.control come to, for every service that reads it. The answers depend on
 * which commands were applied, not on their order, nor on how often: the topic's partitions are
 * read in any order after a restart. One thread at a time applies, any may ask.
 */
public final class ControlState {

  /** Longer than llm.control keeps them, after which an instance that starts knows none. */
  private static final Duration REMEMBERED = Duration.ofDays(2);

  /** Looking through all of them for each new one would make many of them slow. */
  private static final int BETWEEN_SWEEPS = 1_000;

  private final GreatestByKey<BatchFilter, Instant> flushes = new GreatestByKey<>();
  private final GreatestByKey<AccountOrAll, Instant> pauses = new GreatestByKey<>();
  private final GreatestByKey<AccountOrAll, Instant> resumes = new GreatestByKey<>();
  private final GreatestByKey<String, AccountRefusal> notices = new GreatestByKey<>();
  private final GreatestByKey<BatchFilter, Instant> batchCancels = new GreatestByKey<>();
  private final GreatestByKey<Requests, Instant> requestCancels = new GreatestByKey<>();
  private final GreatestByKey<String, Settlement> settlements = new GreatestByKey<>();

  /** Cancels and settlements of before then do not count any more. */
  private volatile Instant horizon = Instant.MIN;

  private volatile long version;

  private record AccountOrAll(@Nullable String account) {}

  private record Requests(String tenant, @Nullable String replayId, @Nullable String customId) {}

  /** Takes note of a command; says whether it changed anything. */
  public synchronized boolean apply(ControlCommand command) {
    Instant at = command.issuedAt();
    boolean isNews =
        switch (command) {
          case Flush(BatchFilter batches, _) -> flushes.add(batches, at);
          case Pause(String account, _) -> pauses.add(new AccountOrAll(account), at);
          case Resume(String account, _) -> resumes.add(new AccountOrAll(account), at);
          case Notice(String account, Instant until, _) ->
              notices.add(account, new AccountRefusal(until, at));
          case CancelBatches(BatchFilter batches, _) -> counts(at) && batchCancels.add(batches, at);
          case CancelRequests(String tenant, String replayId, String customId, _) ->
              counts(at) && requestCancels.add(new Requests(tenant, replayId, customId), at);
          case Settle(String batchId, String jobId, _) ->
              counts(at) && settlements.add(batchId, new Settlement(jobId, at));
        };
    if (isNews) {
      version++;
    }
    return isNews;
  }

  /** Whether a cancel or settlement is not too old; moves the horizon. */
  private boolean counts(Instant at) {
    Instant remembered = at.minus(REMEMBERED);
    if (remembered.isAfter(horizon)) {
      horizon = remembered;
    }
    if (version % BETWEEN_SWEEPS == BETWEEN_SWEEPS - 1) {
      batchCancels.removeIf(this::isForgotten);
      requestCancels.removeIf(this::isForgotten);
      settlements.removeIf(settlement -> isForgotten(settlement.issuedAt()));
    }
    return !isForgotten(at);
  }

  private boolean isForgotten(Instant at) {
    return at.isBefore(horizon);
  }

  /** Another number after each change, 0 before the first. */
  public long version() {
    return version;
  }

  /** Whether the account's last pause, alone or with all, was issued after its last resume. */
  public boolean isPaused(String account) {
    Instant paused = last(pauses, account);
    Instant resumed = last(resumes, account);
    return paused != null && (resumed == null || paused.isAfter(resumed));
  }

  /** When the account was last resumed, alone or with all; null when it never was. */
  public @Nullable Instant resumedAt(String account) {
    return last(resumes, account);
  }

  private static @Nullable Instant last(
      GreatestByKey<AccountOrAll, Instant> times, String account) {
    return last(times, List.of(new AccountOrAll(account), new AccountOrAll(null)));
  }

  private static <K> @Nullable Instant last(GreatestByKey<K, Instant> times, List<K> keys) {
    Instant last = null;
    for (K key : keys) {
      Instant time = times.of(key);
      if (time != null && (last == null || time.isAfter(last))) {
        last = time;
      }
    }
    return last;
  }

  /**
   * Until when the account gets nothing new that another takes: {@link Instant#MAX} while it is
   * paused; until the end of the last notice that its provider refuses it, unless it was resumed
   * since; null when nothing stands against it.
   */
  public @Nullable Instant avoidedUntil(String account) {
    if (isPaused(account)) {
      return Instant.MAX;
    }
    AccountRefusal notice = notices.of(account);
    Instant resumed = last(resumes, account);
    return notice == null || (resumed != null && !notice.issuedAt().isAfter(resumed))
        ? null
        : notice.until();
  }

  /** When the lane was last asked to flush, alone or with others; null when it never was. */
  public @Nullable Instant flushedAt(Lane lane) {
    return last(flushes, BatchFilter.matching(null, lane));
  }

  /** When a sealed batch was last cancelled, alone or with others; null when it was not. */
  public @Nullable Instant cancelledAt(String batchId, Lane lane, Instant sealedAt) {
    return ifSince(sealedAt, last(batchCancels, BatchFilter.matching(batchId, lane)));
  }

  /**
   * When a request was last cancelled, alone or with its replay's or its tenant's; null when it was
   * not.
   *
   * @param replayId empty when there is none
   */
  public @Nullable Instant cancelledAt(
      String tenant, String replayId, String customId, Instant askedAt) {
    return ifSince(
        askedAt,
        last(
            requestCancels,
            List.of(
                new Requests(tenant, null, null),
                new Requests(tenant, null, customId),
                new Requests(tenant, replayId, null),
                new Requests(tenant, replayId, customId))));
  }

  /** A cancel is about what was there when it was issued. */
  private @Nullable Instant ifSince(Instant time, @Nullable Instant cancelledAt) {
    return cancelledAt == null || time.isAfter(cancelledAt) || isForgotten(cancelledAt)
        ? null
        : cancelledAt;
  }

  /** The cancels of requests that count. */
  public List<CancelRequests> requestCancels() {
    return requestCancels
        .all()
        .filter(cancel -> !isForgotten(cancel.getValue()))
        .map(
            cancel ->
                new CancelRequests(
                    cancel.getKey().tenant(),
                    cancel.getKey().replayId(),
                    cancel.getKey().customId(),
                    cancel.getValue()))
        .toList();
  }

  /**
   * How an operator has settled whether a batch has a job, if one has since it is in doubt.
   *
   * @param doubtedSince a settlement is about a doubt that was there when it was issued
   */
  public Optional<Settlement> settlement(String batchId, Instant doubtedSince) {
    return Optional.ofNullable(settlements.of(batchId))
        .filter(settlement -> settlement.issuedAt().isAfter(doubtedSince))
        .filter(settlement -> !isForgotten(settlement.issuedAt()));
  }
}
