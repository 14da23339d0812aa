package dev.offpeak.standalone.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Looks for what is wrong with a file as a whole, before any of it is sent. */
public final class InputCheck {

  private static final int LITTLE_KEPT = 1024;

  private InputCheck() {}

  /**
   * Returns when the file holds request lines, or something that may be some.
   *
   * @throws BrokenInput saying what it is instead, and what to do
   */
  public static void check(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file)) {
      check(raw);
    }
  }

  private static void check(InputStream raw) throws IOException {
    Opened opened = opened(raw);
    String problem = opened.beginning().problem();
    if (problem != null) {
      throw new BrokenInput(problem);
    }
    if (opened.beginning().isList()) {
      readAll(opened);
    } else if (opened.packed()) {
      unpackAll(opened.content());
    } else if (opened.beginning().isBlank()) {
      findText(opened);
    }
  }

  private static void findText(Opened opened) throws IOException {
    try (Lines lines = opened.lines(0, LITTLE_KEPT)) {
      Line each;
      do {
        each = lines.next(0);
        if (each == null) {
          throw new BrokenInput("it has only blank lines");
        }
      } while (Inputs.isBlank(each));
    }
  }

  private static Opened opened(InputStream raw) throws IOException {
    try {
      return Opened.of(raw);
    } catch (EOFException | ZipException e) {
      throw damaged();
    }
  }

  /** A list is one JSON document: when it breaks off, all of it is in doubt. */
  private static void readAll(Opened opened) throws IOException {
    try (Lines lines = opened.lines(0, LITTLE_KEPT)) {
      Line each;
      do {
        each = lines.next(0);
      } while (each != null);
    } catch (EOFException | ZipException e) {
      throw damaged();
    }
  }

  private static void unpackAll(InputStream content) throws IOException {
    try {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException | ZipException e) {
      throw damaged();
    }
  }

  private static BrokenInput damaged() {
    return new BrokenInput(
        "it is packed with gzip, but cut off or damaged; fetch or pack it again");
  }
}
