package dev.offpeak.ingest.files;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes of a file.
 *
 * @param from the first
 * @param length how many; 0 when the file ends before
 */
record ByteRange(long from, long length) {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** All of a file. */
  static ByteRange all(long total) {
    return new ByteRange(0, total);
  }

  /**
   * What a header asks for; nothing when it asks for several, or for what is no range, and all may
   * be sent instead.
   *
   * @param total bytes of the file
   */
  static Optional<ByteRange> of(String header, long total) {
    Matcher matcher = ONE.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty()
          ? Optional.empty()
          : Optional.of(suffix(Math.min(total, Long.parseLong(last)), total));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? total - 1 : Math.min(total - 1, Long.parseLong(last));
    boolean isBackwards = !last.isEmpty() && Long.parseLong(last) < from;
    return isBackwards
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.max(0, to - from + 1)));
  }

  private static ByteRange suffix(long length, long total) {
    return new ByteRange(total - length, length);
  }

  /** As an answer names it. */
  String words(long total) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + total;
  }
}
