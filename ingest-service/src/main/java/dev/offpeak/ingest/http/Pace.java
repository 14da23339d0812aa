package dev.offpeak.ingest.http;

import dev.offpeak.ingest.line.UnfitBody;
import java.time.Duration;

/**
 * How fast a body comes. Only time in which it is waited for counts: a client that could send more
 * and is not read from is not slow.
 */
final class Pace {

  private final Duration window;
  private final long bytesASecond;
  private long waited;
  private long came;

  /**
   * @param window of waiting, over which the rate is taken
   * @param bytesASecond 0 for any
   */
  Pace(Duration window, long bytesASecond) {
    this.window = window;
    this.bytesASecond = bytesASecond;
  }

  /** Something has come, or nothing, after so long. */
  void after(long nanos, int bytes) throws UnfitBody {
    waited += nanos;
    came += bytes;
    if (waited < window.toNanos()) {
      return;
    }
    double seconds = waited / 1e9;
    if (came < bytesASecond * seconds) {
      throw new UnfitBody(
          UnfitBody.Fault.TOO_SLOW,
          "%d bytes came in %.1f s: at least %d a second are needed (api.minimum-rate)"
              .formatted(came, seconds, bytesASecond));
    }
    waited = 0;
    came = 0;
  }
}
