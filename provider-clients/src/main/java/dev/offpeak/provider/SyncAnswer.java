package dev.offpeak.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a synchronous call came to, by what it means for calling again. */
public sealed interface SyncAnswer {

  /**
   * The provider has dealt with it, for good or ill.
   *
   * @param line what a batch's results would hold for it: succeeded, errored, or unreadable, which
   *     may have been billed
   */
  record Done(ResultLine line) implements SyncAnswer {}

  /**
   * Certainly not executed, and may be called again: too many calls, or no connection.
   *
   * @param after how long to wait, when the provider says so
   */
  record TurnedDown(String code, String message, @Nullable Duration after) implements SyncAnswer {}

  /** It may have been executed: no clear answer came back. */
  record InDoubt(String code, String message) implements SyncAnswer {}
}
