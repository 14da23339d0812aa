package dev.offpeak.provider.gemini;

import dev.offpeak.provider.line.JsonLineParser;
import dev.offpeak.provider.line.LineChecks;
import dev.offpeak.provider.line.LineParser;

/** Lines of results in the shape of Gemini. */
public final class GeminiLineFuzz {

  private static final LineParser LINES = new JsonLineParser(GeminiLine::new);

  private GeminiLineFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    LineChecks.check(data, LINES);
  }
}
