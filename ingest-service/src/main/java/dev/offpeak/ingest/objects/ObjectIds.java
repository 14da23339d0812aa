package dev.offpeak.ingest.objects;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Makes ids of objects, the later the greater, which nobody guesses. */
public final class ObjectIds {

  private static final int RANDOM_BYTES = 10;
  private static final int TIME_DIGITS = 12;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  public ObjectIds(Clock clock) {
    this.clock = clock;
  }

  /** One more that begins so. */
  public String next(String prefix) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return prefix
        + HexFormat.of().toHexDigits(clock.millis(), TIME_DIGITS)
        + HexFormat.of().formatHex(bytes);
  }
}
