package dev.offpeak.provider.http;

import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** How answers are read. */
public final class Answers {

  /** A page of 1,000 files is about 300 kB. */
  private static final long SMALL = 16L * 1024 * 1024;

  private Answers() {}

  /** The whole body, which must be small: an answer of more than 16 MB fails the call. */
  public static BodyHandler<byte[]> small() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), SMALL);
  }

  /** A stream that fails when no byte arrives for that long; to be closed by its reader. */
  public static BodyHandler<InputStream> stream(Duration idle) {
    return info -> new AnswerStream(idle);
  }
}
