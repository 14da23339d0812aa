package dev.offpeak.results.completions.job;

import java.io.Closeable;
import java.io.IOException;

/** A record of llm.completions of which everything is known that will ever be. */
public sealed interface DecodedCompletion extends Closeable permits FetchedJob, BadCompletion {

  /** Of its record. */
  long offset();

  @Override
  void close() throws IOException;
}
