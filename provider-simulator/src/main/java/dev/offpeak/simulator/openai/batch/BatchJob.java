package dev.offpeak.simulator.openai.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch. Times are simulated milliseconds since the epoch.
 *
 * @param id its id
 * @param owner the organisation that pays
 * @param ordinal counts batches in order of creation
 * @param order what was asked for
 * @param status its state
 * @param since when it entered each state that it was in
 * @param expiresAt the end of its window
 * @param model the model of its lines, null before validation
 * @param total its lines, 0 before validation
 * @param enqueuedTokens input tokens that it takes of the model's queue
 * @param errors why validation failed
 * @param progress how far its execution is
 * @param outputFileId null until it can be fetched, and when nothing succeeded
 * @param errorFileId null until it can be fetched; null or empty when nothing failed
 */
public record BatchJob(
    String id,
    String owner,
    long ordinal,
    BatchOrder order,
    BatchStatus status,
    Map<BatchStatus, Long> since,
    long expiresAt,
    @Nullable String model,
    int total,
    long enqueuedTokens,
    List<LineError> errors,
    Progress progress,
    @Nullable String outputFileId,
    @Nullable String errorFileId) {

  static BatchJob created(
      String id, String owner, long ordinal, BatchOrder order, long now, long expiresAt) {
    return new BatchJob(
        id,
        owner,
        ordinal,
        order,
        BatchStatus.VALIDATING,
        Map.of(BatchStatus.VALIDATING, now),
        expiresAt,
        null,
        0,
        0,
        List.of(),
        Progress.NONE,
        null,
        null);
  }

  /** When it was created. */
  @JsonIgnore
  long createdAt() {
    return since(BatchStatus.VALIDATING);
  }

  /** When it entered a state that it is or was in. */
  public long since(BatchStatus state) {
    Long at = since.get(state);
    if (at == null) {
      throw new IllegalStateException(id + " was never " + state.wire());
    }
    return at;
  }

  /** Whether it does not change any more. */
  @JsonIgnore
  public boolean settled() {
    return status.terminal() && !filesPending();
  }

  /** Whether it is completed and its files are still to come. */
  @JsonIgnore
  public boolean filesPending() {
    return status == BatchStatus.COMPLETED && outputFileId == null && errorFileId == null;
  }

  /** The batch after it entered a state. */
  public BatchJob to(BatchStatus next, long now) {
    Map<BatchStatus, Long> times = new EnumMap<>(since);
    times.put(next, now);
    return new BatchJob(
        id,
        owner,
        ordinal,
        order,
        next,
        times,
        expiresAt,
        model,
        total,
        enqueuedTokens,
        errors,
        progress,
        outputFileId,
        errorFileId);
  }

  /** The batch after its validation failed. */
  public BatchJob failed(List<LineError> why, long now) {
    BatchJob failed = to(BatchStatus.FAILED, now);
    return new BatchJob(
        id,
        owner,
        ordinal,
        order,
        failed.status,
        failed.since,
        expiresAt,
        model,
        0,
        0,
        List.copyOf(why),
        progress,
        null,
        null);
  }

  /** The batch after its validation succeeded. */
  public BatchJob validated(String itsModel, int lines, long tokens, long now) {
    BatchJob running = to(BatchStatus.IN_PROGRESS, now);
    return new BatchJob(
        id,
        owner,
        ordinal,
        order,
        running.status,
        running.since,
        expiresAt,
        itsModel,
        lines,
        tokens,
        errors,
        progress,
        null,
        null);
  }

  /** The batch after some of its lines were executed. */
  public BatchJob with(Progress further) {
    return new BatchJob(
        id,
        owner,
        ordinal,
        order,
        status,
        since,
        expiresAt,
        model,
        total,
        enqueuedTokens,
        errors,
        further,
        outputFileId,
        errorFileId);
  }

  /** The batch with its files ready to be fetched. */
  public BatchJob withFiles(@Nullable String output, @Nullable String error) {
    return new BatchJob(
        id,
        owner,
        ordinal,
        order,
        status,
        since,
        expiresAt,
        model,
        total,
        enqueuedTokens,
        errors,
        progress,
        output,
        error);
  }
}
