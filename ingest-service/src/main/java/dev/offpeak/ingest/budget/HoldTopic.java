package dev.offpeak.ingest.budget;

import java.util.function.Consumer;

/** Where what is set aside is written, and read again by every gateway in the same order. */
interface HoldTopic {

  /** Writes one; told only when that failed. */
  void write(Hold hold, Consumer<Exception> onFailure);

  /** Takes one away. */
  void delete(String id);
}
