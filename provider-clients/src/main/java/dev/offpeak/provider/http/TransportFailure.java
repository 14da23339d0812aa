package dev.offpeak.provider.http;

import dev.offpeak.core.provider.ProviderError;
import java.io.IOException;

/** No answer came back. */
public final class TransportFailure extends IOException {

  /** How far the request had come. */
  public enum Reached {
    /** Our side could not supply the body. */
    PAYLOAD_BROKEN,
    /** Not sent, or cut before its declared end, so that no server takes it for complete. */
    NOT_COMPLETE,
    /** Sent as a whole, as far as we know. */
    SENT
  }

  private final Reached reached;
  private final String code;

  TransportFailure(Reached reached, String code, String message, Throwable cause) {
    super(message, cause);
    this.reached = reached;
    this.code = code;
  }

  /** How far the request had come. */
  public Reached reached() {
    return reached;
  }

  /** Our word for it, such as {@code timeout}. */
  String code() {
    return code;
  }

  /** What it means for a call of that effect. */
  public ProviderError error(Effect effect) {
    String message = String.valueOf(getMessage());
    return switch (reached) {
      case PAYLOAD_BROKEN -> new ProviderError.PayloadUnreadable(code, message);
      case NOT_COMPLETE -> new ProviderError.Retryable(code, message);
      case SENT ->
          effect == Effect.NONE
              ? new ProviderError.Retryable(code, message)
              : new ProviderError.Ambiguous(code, message);
    };
  }
}
