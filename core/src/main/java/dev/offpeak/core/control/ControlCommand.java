package dev.offpeak.core.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One record of llm.control. Each counts from the time when it was issued. */
public sealed interface ControlCommand {

  /** What a command is about that names nothing. */
  String EVERYTHING = "everything";

  /** When it was asked for. */
  Instant issuedAt();

  /** What it is about, in words: the key of its record, so that all about one thing is in order. */
  default String subject() {
    return switch (this) {
      case Flush(BatchFilter batches, _) -> batches.subject();
      case CancelBatches(BatchFilter batches, _) -> batches.subject();
      case CancelRequests(String tenant, String replayId, String customId, _) ->
          (customId == null ? "" : "request " + customId + " of ")
              + (replayId == null ? "" : "replay " + replayId + " of ")
              + "tenant "
              + tenant;
      case Pause(String account, _) -> accountOrAll(account);
      case Resume(String account, _) -> accountOrAll(account);
      case Settle(String batchId, _, _) -> "batch " + batchId;
      case Notice(String account, _, _) -> accountOrAll(account);
    };
  }

  /** In words: an account, or all. */
  static String accountOrAll(@Nullable String account) {
    return account == null ? EVERYTHING : "account " + account;
  }

  /** Open batches with a request from before are sealed without waiting for more. */
  record Flush(BatchFilter batches, Instant issuedAt) implements ControlCommand {}

  /**
   * Nothing new is submitted.
   *
   * @param account null for all
   */
  record Pause(@Nullable String account, Instant issuedAt) implements ControlCommand {}

  /**
   * Ends pauses, and has an account tried at once that its provider refused.
   *
   * @param account null for all
   */
  record Resume(@Nullable String account, Instant issuedAt) implements ControlCommand {}

  /** Batches that were sealed before are cancelled. */
  record CancelBatches(BatchFilter batches, Instant issuedAt) implements ControlCommand {}

  /**
   * Requests that were asked for before, and are neither sealed nor called yet, are cancelled.
   *
   * @param replayId null for any, and for none
   * @param customId null for any
   */
  record CancelRequests(
      String tenant, @Nullable String replayId, @Nullable String customId, Instant issuedAt)
      implements ControlCommand {}

  /**
   * An operator settles whether a quarantined batch has a job.
   *
   * @param jobId the provider's job that is the batch's; null when it has none
   */
  record Settle(String batchId, @Nullable String jobId, Instant issuedAt)
      implements ControlCommand {}

  /**
   * A submitter tells how a provider treats an account.
   *
   * @param refusedUntil when the account is tried again at the latest; null when it is usable
   */
  record Notice(String account, @Nullable Instant refusedUntil, Instant issuedAt)
      implements ControlCommand {}
}
