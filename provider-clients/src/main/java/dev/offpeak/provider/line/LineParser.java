package dev.offpeak.provider.line;

import dev.offpeak.provider.ResultLine;

/** Reads one line of a provider's result file. Never throws for what may stand in a line. */
@FunctionalInterface
public interface LineParser {

  /** The line in our words; {@link ResultLine.Unreadable} when it can't be read. */
  ResultLine parse(byte[] bytes, int start, int length);
}
