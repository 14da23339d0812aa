package dev.offpeak.provider.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds what events of a stream hold, wherever its pieces are cut: what follows {@code data:}. */
final class EventLines {

  private static final byte[] FIELD = "data:".getBytes(US_ASCII);

  private enum In {
    FIELD,
    SPACE,
    DATA,
    OTHER
  }

  @FunctionalInterface
  interface Data {
    void bytes(byte[] bytes, int from, int to);
  }

  private final Data data;
  private final Runnable lineEnds;
  private In in = In.FIELD;
  private int matched;

  EventLines(Data data, Runnable lineEnds) {
    this.data = data;
    this.lineEnds = lineEnds;
  }

  void piece(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      at = in == In.DATA || in == In.OTHER ? restOfLine(bytes, at) : beginning(bytes, at);
    }
  }

  void end() {
    if (in == In.DATA) {
      lineEnds.run();
    }
    in = In.OTHER;
  }

  private int restOfLine(byte[] bytes, int from) {
    int to = from;
    while (to < bytes.length && !isLineEnd(bytes[to])) {
      to++;
    }
    if (in == In.DATA && to > from) {
      data.bytes(bytes, from, to);
    }
    if (to < bytes.length) {
      nextLine();
      return to + 1;
    }
    return to;
  }

  /** One byte of a line whose field is not known yet. */
  private int beginning(byte[] bytes, int at) {
    byte next = bytes[at];
    if (isLineEnd(next)) {
      nextLine();
      return at + 1;
    }
    if (in == In.SPACE) {
      in = In.DATA;
      return next == ' ' ? at + 1 : at;
    }
    if (next != FIELD[matched]) {
      in = In.OTHER;
      return at;
    }
    matched++;
    if (matched == FIELD.length) {
      in = In.SPACE;
    }
    return at + 1;
  }

  private void nextLine() {
    if (in == In.DATA) {
      lineEnds.run();
    }
    in = In.FIELD;
    matched = 0;
  }

  private static boolean isLineEnd(byte each) {
    return each == '\n' || each == '\r';
  }
}
