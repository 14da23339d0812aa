package dev.offpeak.provider.openai;

import dev.offpeak.provider.line.JsonLineParser;
import dev.offpeak.provider.line.LineChecks;
import dev.offpeak.provider.line.LineParser;

/** Lines of results in the shape of OpenAI. */
public final class OpenAiLineFuzz {

  private static final LineParser LINES = new JsonLineParser(OpenAiLine::new);

  private OpenAiLineFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    LineChecks.check(data, LINES);
  }
}
