package dev.offpeak.ingest.deferred;

import org.jspecify.annotations.Nullable;

/** The id of a deferred call, in the shape of its endpoint's ids, and that of its batch. */
final class DeferredId {

  private static final String BATCH = "batch_";

  private DeferredId() {}

  /** How a batch is called where a call of that endpoint is asked for. */
  static String of(String endpoint, String batch) {
    String prefix =
        switch (endpoint) {
          case "/v1/chat/completions" -> "chatcmpl-";
          case "/v1/completions" -> "cmpl-";
          case "/v1/responses" -> "resp_";
          case "/v1/moderations" -> "modr-";
          default -> "emb-";
        };
    return prefix + batch.substring(BATCH.length());
  }

  /** The batch of a deferred call; null when that is no id of one. */
  static @Nullable String batch(String id) {
    int end = Math.max(id.lastIndexOf('-'), id.lastIndexOf('_'));
    return end < 0 ? null : BATCH + id.substring(end + 1);
  }
}
