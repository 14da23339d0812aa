package dev.offpeak.standalone.remote;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.schemas.request.LineOutline;
import dev.offpeak.standalone.input.Inputs;
import dev.offpeak.standalone.input.Line;
import dev.offpeak.standalone.input.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the lines of a batch were in the inputs: where each stood, and whose shape it has. A line
 * takes nine bytes of memory.
 */
final class SentLines {

  private static final List<LineShape> SHAPES = List.of(LineShape.values());

  private final List<String> names;
  private final List<Integer> firstOfFile = new ArrayList<>();
  private final List<Line.TooLong> tooLong = new ArrayList<>();
  private byte[] shapes = new byte[1024];
  private long[] places = new long[1024];
  private int count;
  private long blank;

  private SentLines(List<String> names) {
    this.names = names;
  }

  /**
   * Reads the inputs again.
   *
   * @param names what a person calls them
   */
  static SentLines of(List<Path> files, List<String> names, int lineLimit) throws IOException {
    SentLines lines = new SentLines(names);
    try (Inputs inputs = Inputs.of(files, lineLimit)) {
      for (Line line = inputs.next(); line != null; line = inputs.next()) {
        switch (line) {
          case Line.Fitting(long _, Place place, byte[] bytes) -> lines.add(place, bytes);
          case Line.TooLong out -> lines.tooLong.add(out);
        }
      }
      lines.blank = inputs.blank();
    }
    return lines;
  }

  private void add(Place place, byte[] bytes) {
    if (count == shapes.length) {
      shapes = Arrays.copyOf(shapes, count * 2);
      places = Arrays.copyOf(places, count * 2);
    }
    while (firstOfFile.size() <= place.file()) {
      firstOfFile.add(count);
    }
    LineShape shape = LineOutline.of(ByteBuffer.wrap(bytes)).shape();
    shapes[count] = (byte) SHAPES.indexOf(shape == null ? LineShape.OPENAI : shape);
    places[count++] = place.line();
  }

  int count() {
    return count;
  }

  long blank() {
    return blank;
  }

  /** Those that were not sent. */
  List<Line.TooLong> tooLong() {
    return tooLong;
  }

  /** The shape of a line of the batch, counted from 1. */
  LineShape shape(long line) {
    return line < 1 || line > count ? LineShape.OPENAI : SHAPES.get(shapes[(int) line - 1]);
  }

  /** Where it stood, for a person; empty when there is no such line. */
  String where(long line) {
    if (line < 1 || line > count) {
      return "";
    }
    int file = firstOfFile.size() - 1;
    while (file > 0 && firstOfFile.get(file) >= line) {
      file--;
    }
    return where(new Place(file, places[(int) line - 1]));
  }

  String where(Place place) {
    return place.file() < names.size() ? names.get(place.file()) + ":" + place.line() + ": " : "";
  }
}
