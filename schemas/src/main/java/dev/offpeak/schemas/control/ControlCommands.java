package dev.offpeak.schemas.control;

import dev.offpeak.core.control.BatchFilter;
import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.core.control.ControlCommand.CancelBatches;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlCommand.Flush;
import dev.offpeak.core.control.ControlCommand.Notice;
import dev.offpeak.core.control.ControlCommand.Pause;
import dev.offpeak.core.control.ControlCommand.Resume;
import dev.offpeak.core.control.ControlCommand.Settle;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the records of llm.control say. */
public final class ControlCommands {

  private static final Logger LOGGER = LoggerFactory.getLogger(ControlCommands.class);

  /** A clock in another time zone is borne with. */
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private ControlCommands() {}

  /**
   * Applies a record; says whether it changed anything. What was issued far ahead of now would
   * overrule all that is asked for until then, so it is passed over.
   */
  public static boolean apply(ControlState state, ControlRecord record, Instant now) {
    ControlCommand command = of(record);
    if (command == null) {
      return ignore(record, "it lacks what its action is about");
    }
    return record.getIssuedAt().isAfter(now.plus(MOST_AHEAD))
        ? ignore(record, "it was issued more than " + MOST_AHEAD.toHours() + " h from now")
        : state.apply(command);
  }

  private static boolean ignore(ControlRecord record, String reason) {
    LOGGER
        .atWarn()
        .addKeyValue("record", record)
        .addKeyValue("reason", reason)
        .log("control record ignored");
    return false;
  }

  /**
   * The command of a record; null when it lacks what its action is about. Fields that do not belong
   * to the action are passed over.
   */
  public static @Nullable ControlCommand of(ControlRecord record) {
    Instant at = record.getIssuedAt();
    String account = record.getAccount();
    return switch (record.getAction()) {
      case FLUSH -> new Flush(new BatchFilter(null, record.getLane(), account), at);
      case PAUSE -> new Pause(account, at);
      case RESUME -> new Resume(account, at);
      case CANCEL -> cancel(record);
      case ADOPT -> record.getProviderJobId() == null ? null : settlement(record);
      case DISCARD -> record.getProviderJobId() == null ? settlement(record) : null;
      case UNUSABLE ->
          account == null || record.getValidUntil() == null
              ? null
              : new Notice(account, record.getValidUntil(), at);
      case USABLE -> account == null ? null : new Notice(account, null, at);
    };
  }

  /**
   * One that names a tenant, a replay or a custom id is about requests, any other about batches.
   */
  private static ControlCommand cancel(ControlRecord record) {
    String tenant = record.getTenant();
    String replayId = record.getReplayId();
    String customId = record.getCustomId();
    if (tenant == null && replayId == null && customId == null) {
      BatchFilter batches =
          new BatchFilter(record.getBatchId(), record.getLane(), record.getAccount());
      return new CancelBatches(batches, record.getIssuedAt());
    }
    return new CancelRequests(
        tenant == null ? OffpeakHeaders.DEFAULT_TENANT : tenant,
        replayId,
        customId,
        record.getIssuedAt());
  }

  private static @Nullable ControlCommand settlement(ControlRecord record) {
    return record.getBatchId() == null
        ? null
        : new Settle(record.getBatchId(), record.getProviderJobId(), record.getIssuedAt());
  }
}
