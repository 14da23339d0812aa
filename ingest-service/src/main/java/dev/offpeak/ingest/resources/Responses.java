package dev.offpeak.ingest.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.batches.OutcomeLine;
import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.outcome.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The responses of a batch: within its operation, or as lines of a file. */
record Responses(VirtualBatches batches) {

  /** More than that is a file, whichever way the requests came. */
  private static final long MOST_INLINE = 20L << 20;

  /** Whether its requests came with its create. */
  static boolean cameInline(GatewayBatch batch) {
    return batch.getInputFileId().startsWith(Batches.INLINE);
  }

  /** Whether its responses stand in the operation. */
  boolean areInline(GatewayObject object) throws InterruptedException {
    return cameInline((GatewayBatch) object.getObject())
        && batches.outcomeBytes(object) <= MOST_INLINE;
  }

  /** Writes them as items of an array, in the order of the requests. */
  void writeItems(GatewayObject object, JsonGenerator json)
      throws IOException, InterruptedException {
    Map<Integer, byte[]> metadata = metadata(object);
    Map<Integer, OutcomeLine> outcomes = new TreeMap<>();
    batches.outcomes(object, outcome -> outcomes.put(number(outcome), outcome));
    for (Map.Entry<Integer, OutcomeLine> each : outcomes.entrySet()) {
      json.writeStartObject();
      writeMetadata(metadata.get(each.getKey()), json);
      ResponseJson.write(json, each.getValue());
      json.writeEndObject();
    }
  }

  /** Writes them as lines, in the order in which they came. */
  void writeLines(GatewayObject object, OutputStream out) throws IOException, InterruptedException {
    boolean inline = cameInline((GatewayBatch) object.getObject());
    Map<Integer, byte[]> metadata = inline ? metadata(object) : Map.of();
    batches.outcomes(
        object,
        outcome -> {
          out.write(
              Json.object(
                  json -> {
                    json.writeStringField("key", outcome.customId());
                    writeMetadata(metadata.get(outcome.number()), json);
                    ResponseJson.write(json, outcome);
                  }));
          out.write('\n');
        });
  }

  private static void writeMetadata(byte @Nullable [] metadata, JsonGenerator json)
      throws IOException {
    if (metadata != null) {
      RawJson.write("metadata", ByteBuffer.wrap(metadata), json);
    }
  }

  private Map<Integer, byte[]> metadata(GatewayObject object)
      throws IOException, InterruptedException {
    Map<Integer, byte[]> all = new HashMap<>();
    int[] number = {0};
    batches.inline(
        object,
        line -> {
          JsonSpan span = JsonSpan.of(line, "metadata");
          if (span != null) {
            all.put(number[0], span.valueIn(line));
          }
          number[0]++;
        });
    return all;
  }

  /** Requests that came with the create have their number as key, too. */
  private static int number(OutcomeLine outcome) {
    String key = outcome.customId();
    return outcome.number() >= 0 || key == null ? outcome.number() : Integer.parseInt(key);
  }
}
