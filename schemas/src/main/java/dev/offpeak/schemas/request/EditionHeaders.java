package dev.offpeak.schemas.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.outcome.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers by which a caller of Anthropic asks for a version and for betas, on a record as they
 * stand on a call: their case does not matter, of a repeated version the last counts, and repeated
 * betas add up. They are the user's own and come back with the outcome.
 */
public final class EditionHeaders {

  /** The version of the API. */
  public static final String VERSION = "anthropic-version";

  /** Names of betas, separated by commas. */
  public static final String BETA = "anthropic-beta";

  private static final int LONGEST = 4_096;

  private EditionHeaders() {}

  static Edition of(Headers headers) throws RequestRefusal {
    String version = "";
    List<String> betas = List.of();
    for (Header header : headers) {
      if (is(header, VERSION)) {
        version = text(header);
      } else if (is(header, BETA)) {
        betas = new ArrayList<>(betas);
        for (String beta : text(header).split(",", -1)) {
          if (!beta.isBlank()) {
            betas.add(beta.strip());
          }
        }
      }
    }
    try {
      return Edition.of(version, betas);
    } catch (IllegalArgumentException e) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD,
          "the headers "
              + VERSION
              + " and "
              + BETA
              + " say '"
              + TextRules.shorten(version)
              + "' and '"
              + TextRules.shorten(String.join(",", betas))
              + "'; "
              + e.getMessage());
    }
  }

  /**
   * The edition that was read from such headers before.
   *
   * @throws IllegalArgumentException when it can't have been
   */
  public static Edition admitted(Headers headers) {
    try {
      return of(headers);
    } catch (RequestRefusal e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }

  private static boolean is(Header header, String name) {
    return header.value() != null
        && header.key().length() == name.length()
        && header.key().toLowerCase(Locale.ROOT).equals(name);
  }

  private static String text(Header header) throws RequestRefusal {
    byte[] value = header.value();
    if (value.length > LONGEST || Utf8.firstInvalid(value, 0, value.length) >= 0) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD,
          "header " + header.key() + " is no text of at most 4,096 bytes of UTF-8");
    }
    return new String(value, UTF_8).strip();
  }
}
