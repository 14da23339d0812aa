package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The input files of batches, and how their lines become requests.
 *
 * @param requests name of llm.requests
 * @param lineLimit bytes of the longest line
 */
record BatchInput(ObjectStore objects, FileStore files, String requests, int lineLimit) {

  /** The bytes of a batch's file; nothing when it is not there any more. */
  Optional<InputStream> open(GatewayObject object, GatewayBatch batch) throws InterruptedException {
    return objects
        .find(new ObjectKey(object.getTenant(), batch.getInputFileId()))
        .map(GatewayObject::getObject)
        .filter(GatewayFile.class::isInstance)
        .map(file -> files.open((GatewayFile) file, 0));
  }

  InputCheck check(GatewayObject object, GatewayBatch batch) {
    return new InputCheck(batch.getEndpoint(), headers(object, batch), lineLimit);
  }

  /** Goes on with the feeding of a batch. */
  BatchFeed feed(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    InputStream in =
        open(object, batch).orElseThrow(() -> new IOException("the input file is gone"));
    @Nullable InputCheck check = batch.getBadLines() ? check(object, batch) : null;
    return new BatchFeed(
        object.getId(), requests, headers(object, batch), in, lineLimit, check, batch.getFed());
  }

  /** Equal custom ids in two batches are two requests: the batch is what tells them apart. */
  private static Headers headers(GatewayObject object, GatewayBatch batch) {
    RecordHeaders headers = new RecordHeaders();
    batch.getHeaders().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    headers.remove(OffpeakHeaders.REPLAY_ID);
    headers.add(OffpeakHeaders.REPLAY_ID, object.getId().getBytes(UTF_8));
    if (batch.getDeadline() != null) {
      headers.remove(OffpeakHeaders.DEADLINE);
      headers.add(OffpeakHeaders.DEADLINE, batch.getDeadline().toString().getBytes(UTF_8));
    }
    return headers;
  }
}
