package dev.offpeak.ledger.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.record.Clip;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Makes foreign values fit into columns, so that no record stops those behind it. */
final class Fit {

  /** Longest text of a column for names, less what a cut adds. */
  private static final int NAME = 260;

  private static final int NAMES = 1200;
  private static final int ID = 60;
  private static final int WORD = 10;
  private static final int CUSTOM_ID = 550;
  private static final int WORDS = 600;
  private static final int DIGEST_BYTES = 16;
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Fit() {}

  /** A name; empty when there is none. */
  static String name(@Nullable String text) {
    return text == null ? "" : clean(text, NAME);
  }

  /** Names joined, such as a lane. */
  static String names(String text) {
    return clean(text, NAMES);
  }

  static @Nullable String nameOrNull(@Nullable String text) {
    return text == null ? null : clean(text, NAME);
  }

  static @Nullable String id(@Nullable String text) {
    return text == null ? null : clean(text, ID);
  }

  static @Nullable String customId(@Nullable String text) {
    return text == null ? null : clean(text, CUSTOM_ID);
  }

  static @Nullable String words(@Nullable String text) {
    return text == null ? null : clean(text, WORDS);
  }

  /** One of a few words of ours; whatever else stands there is cut. */
  static String word(String text) {
    return text.length() <= WORD ? text.replace('\0', '\uFFFD') : text.substring(0, WORD);
  }

  static @Nullable String wordOrNull(@Nullable String text) {
    return text == null ? null : word(text);
  }

  /** PostgreSQL takes no NUL. */
  private static String clean(String text, int most) {
    return Clip.text(text, most).replace('\0', '\uFFFD');
  }

  static Instant time(Instant time) {
    return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
  }

  /** As a column with a time zone, whatever that of this machine is. */
  static Argument at(@Nullable Instant time) {
    OffsetDateTime utc = time == null ? null : time(time).atOffset(ZoneOffset.UTC);
    return (position, statement, _) -> statement.setObject(position, utc);
  }

  /** Digest of texts, which are too long to be a key together. */
  static String digest(List<String> texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(UTF_8);
      digest.update(Integer.toString(bytes.length).getBytes(UTF_8));
      digest.update((byte) ':');
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
