package dev.offpeak.ingest.http;

import dev.offpeak.runtime.http.Pace;
import java.time.Duration;

/**
 * What a body may cost.
 *
 * @param patience longest wait for more of it
 * @param bytesASecond that it has to bring, 0 for any
 * @param inflation how many times as much its gzip data may become
 */
public record BodyBounds(Duration patience, long bytesASecond, int inflation) {

  /** The pace that one body has to keep. */
  Pace pace() {
    return new Pace(patience, bytesASecond);
  }
}
