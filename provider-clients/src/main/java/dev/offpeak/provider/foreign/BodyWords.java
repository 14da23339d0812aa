package dev.offpeak.provider.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a person can read of an error that has no message: its body as it is, in short. */
public final class BodyWords {

  private static final int SHOWN = 400;

  private BodyWords() {}

  /** The message, or else the beginning of the body on one line; empty when that is too. */
  public static String or(String message, byte[] body) {
    if (!message.isBlank() || body.length == 0) {
      return message;
    }
    String words =
        new String(body, 0, Math.min(body.length, SHOWN), UTF_8).strip().replaceAll("\\s+", " ");
    return body.length > SHOWN ? words + "… (" + body.length + " bytes)" : words;
  }
}
