package dev.offpeak.standalone.input;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in the inputs. It is the key of the request's record, so that each outcome
 * can say it.
 *
 * @param file counted from 0
 * @param line counted from 1 within the file
 */
public record Place(int file, long line) {

  private static final Pattern KEY = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  /** As a record key. */
  public byte[] key() {
    return (file + ":" + line).getBytes(US_ASCII);
  }

  /** From a record key; null when it is none of ours. */
  public static @Nullable Place of(byte @Nullable [] key) {
    if (key == null) {
      return null;
    }
    Matcher parts = KEY.matcher(new String(key, US_ASCII));
    return parts.matches()
        ? new Place(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
        : null;
  }
}
