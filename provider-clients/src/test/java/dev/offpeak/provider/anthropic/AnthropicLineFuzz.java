package dev.offpeak.provider.anthropic;

import dev.offpeak.provider.line.JsonLineParser;
import dev.offpeak.provider.line.LineChecks;
import dev.offpeak.provider.line.LineParser;

/** Lines of results in the shape of Anthropic. */
public final class AnthropicLineFuzz {

  private static final LineParser LINES = new JsonLineParser(AnthropicLine::new);

  private AnthropicLineFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    LineChecks.check(data, LINES);
  }
}
