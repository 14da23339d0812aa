package dev.offpeak.submitter.job;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
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

  /** The error, or the true reason behind it. */
  ProviderError explain(ProviderError error) {
    PositionsLost reason = lost;
    return error instanceof ProviderError.PayloadUnreadable && reason != null
        ? expired(reason)
        : error;
  }

  /** The first request that can't be used, or null when none was met. */
  @Nullable RequestUnusable unusable() {
    return unusable;
  }

  /** A batch of requests that never were. */
  static ProviderError unknown(IOException reason) {
    return new ProviderError.Rejected(
        FailureCode.UNPROCESSABLE_RECORD.id(), String.valueOf(reason.getMessage()));
  }

  static ProviderError expired(IOException reason) {
    return new ProviderError.PayloadExpired(
        FailureCode.PAYLOAD_EXPIRED.id(), String.valueOf(reason.getMessage()));
  }
}
