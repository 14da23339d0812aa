package dev.offpeak.submitter.job;

import dev.offpeak.core.job.Refusal;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.Payload;
import dev.offpeak.submitter.payload.PositionsLost;
import dev.offpeak.submitter.payload.RequestUnusable;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers why a payload could not be written, which a provider's answer does not tell. */
final class WatchedPayload implements Payload {

  private final Payload payload;
  private volatile @Nullable PositionsLost lost;
  private volatile @Nullable RequestUnusable unusable;

  WatchedPayload(Payload payload) {
    this.payload = payload;
  }

  @Override
  public long length() {
    return payload.length();
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    try {
      payload.writeTo(sink);
    } catch (PositionsLost e) {
      lost = e;
      throw e;
    } catch (RequestUnusable e) {
      unusable = e;
      throw e;
    }
  }

  /** The refusal, or the true reason behind it. */
  Refusal explain(Refusal refusal) {
    PositionsLost reason = lost;
    return refusal.kind() == Refusal.Kind.PAYLOAD_UNREADABLE && reason != null
        ? expired(reason)
        : refusal;
  }

  /** The first request that can't be used, or null when none was met. */
  @Nullable RequestUnusable unusable() {
    return unusable;
  }

  /** A batch of requests that never were. */
  static Refusal unknown(IOException reason) {
    return Refusal.of(
        Refusal.Kind.REJECTED,
        FailureCode.UNPROCESSABLE_RECORD.id(),
        String.valueOf(reason.getMessage()));
  }

  static Refusal expired(IOException reason) {
    return Refusal.of(
        Refusal.Kind.PAYLOAD_EXPIRED,
        FailureCode.PAYLOAD_EXPIRED.id(),
        String.valueOf(reason.getMessage()));
  }
}
