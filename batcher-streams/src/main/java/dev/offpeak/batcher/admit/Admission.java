package dev.offpeak.batcher.admit;

import dev.offpeak.batcher.admit.AdmissionVerdict.Admitted;
import dev.offpeak.batcher.admit.AdmissionVerdict.Rejected;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.batcher.lane.LaneDirectory.Destination;
import dev.offpeak.batcher.lane.LaneRules;
import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.seal.Candidate;
import dev.offpeak.core.seal.Excess;
import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.core.seal.TokenEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a well-formed request is admitted, and into which lane. */
public final class Admission {

  private final LaneDirectory lanes;
  private final DeadlinePolicy deadlines;

  /** Decides by the accounts of that book. */
  public Admission(LaneDirectory lanes, DeadlinePolicy deadlines) {
    this.lanes = lanes;
    this.deadlines = deadlines;
  }

  /**
   * Accounts that are avoided from now on: they get only requests that name them, or that no other
   * account takes.
   *
   * @param version another number after each change
   * @param until when each is avoided no longer, null when nothing stands against it
   */
  public void avoid(long version, Function<String, @Nullable Instant> until, Instant now) {
    lanes.avoid(version, until, now);
  }

  /**
   * Decides.
   *
   * @param compactLength bytes of the body as uploaded
   */
  public AdmissionVerdict decide(AdmissionRequest ask, int compactLength, Instant now) {
    Destination destination =
        lanes.find(
            ask.shape(), ask.endpoint(), ask.model(), ask.tenant(), ask.account(), ask.edition());
    return switch (destination) {
      case LaneDirectory.Lost(var refused) -> new Rejected(refused.code(), refused.message());
      case LaneDirectory.Found(LaneRules rules) -> {
        long tokens = TokenEstimate.ofBytes(compactLength);
        Rejected refused = sampling(ask.sampling(), rules);
        refused = refused == null ? tooLate(ask.deadline(), rules, now) : refused;
        if (refused != null) {
          yield refused;
        }
        Excess excess =
            rules
                .policy()
                .limits()
                .excess(
                    new Candidate(compactLength, ask.inputs(), tokens, OpenBatch.NO_DEADLINE, 0));
        yield excess == null ? new Admitted(rules, tokens) : tooLarge(rules, excess);
      }
    };
  }

  /** The provider would execute none of the kind, and say so only when the batch has ended. */
  private static @Nullable Rejected sampling(@Nullable String parameter, LaneRules rules) {
    String version = rules.version();
    return parameter == null || !Edition.refusesSampling(version)
        ? null
        : new Rejected(
            FailureCode.UNSUPPORTED_PARAMETER,
            "\""
                + parameter
                + "\" is not taken by anthropic-version "
                + version
                + ", even at its default: leave out temperature, top_p and top_k, or ask for an"
                + " older version such as 2023-06-01");
  }

  private @Nullable Rejected tooLate(@Nullable Instant deadline, LaneRules rules, Instant now) {
    if (deadline == null) {
      return null;
    }
    if (!deadline.isAfter(now)) {
      return new Rejected(
          FailureCode.DEADLINE_PASSED,
          "the deadline " + deadline + " was over when the request arrived at " + now);
    }
    long due = deadline.toEpochMilli();
    if (rules.policy().keeps(due, now.toEpochMilli())
        || deadlines.isUrgent(rules, due, now.toEpochMilli())) {
      return null;
    }
    return new Rejected(
        FailureCode.DEADLINE_TOO_NEAR,
        "the deadline "
            + deadline
            + " is nearer than the provider's window of "
            + hours(rules.policy().window())
            + "; a batch could not promise to keep it: give it more time, or have it called"
            + " synchronously (batching.deadline-policy: sync)");
  }

  /** The rejection of a request that no batch of its lane can take. */
  public static Rejected tooLarge(LaneRules rules, Excess excess) {
    return new Rejected(
        FailureCode.REQUEST_TOO_LARGE,
        String.format(
            Locale.ROOT,
            "the request alone comes to %,d of %s; account '%s' allows %,d in one batch: make it"
                + " smaller",
            excess.value(),
            excess.limit(),
            rules.lane().account(),
            excess.allowed()));
  }

  private static String hours(Duration window) {
    return window.toMinutesPart() == 0 && window.toSecondsPart() == 0
        ? window.toHours() + " h"
        : window.toString();
  }
}
