package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.outcome.LineKind;
import dev.offpeak.provider.ResultLine;

/** What a line of the port is to the rules. */
public final class LineKinds {

  private LineKinds() {}

  /** The kind of that line. */
  public static LineKind of(ResultLine line) {
    return switch (line) {
      case ResultLine.Succeeded _ -> LineKind.SUCCEEDED;
      case ResultLine.Expired _ -> LineKind.EXPIRED;
      case ResultLine.Canceled _ -> LineKind.CANCELED;
      case ResultLine.Unreadable _ -> LineKind.UNREADABLE;
      case ResultLine.Errored errored ->
          switch (errored.verdict()) {
            case RETRYABLE -> LineKind.ERRORED_RETRYABLE;
            case YOUR_INPUT -> LineKind.ERRORED_YOUR_INPUT;
            case ACCOUNT -> LineKind.ERRORED_ACCOUNT;
            case PROVIDER -> LineKind.ERRORED_PROVIDER;
            case UNCLEAR -> LineKind.ERRORED_UNCLEAR;
          };
    };
  }
}
