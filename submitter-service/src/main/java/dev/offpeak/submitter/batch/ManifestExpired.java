package dev.offpeak.submitter.batch;

import java.io.IOException;

/** A sealed batch is no longer in llm.batches, so that its requests are not known any more. */
public final class ManifestExpired extends IOException {

  private static final long serialVersionUID = 1L;

  ManifestExpired(BatchPlace place, String topic) {
    super(
        "the manifest of batch "
            + place.batchId()
            + " at "
            + topic
            + "-"
            + place.partition()
            + ", offset "
            + place.offset()
            + " has expired; keep the topic longer than batches wait for quota");
  }
}
