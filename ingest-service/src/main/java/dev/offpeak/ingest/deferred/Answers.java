package dev.offpeak.ingest.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of single calls that waited. */
final class Answers {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final ObjectStore objects;
  private final FileStore files;

  Answers(ObjectStore objects, FileStore files) {
    this.objects = objects;
    this.files = files;
  }

  /** What a call came to. */
  sealed interface Answer {

    /** The provider's own answer, byte for byte. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Given(int status, byte[] body) implements Answer {}

    /** There is none. */
    record None(ApiError why) implements Answer {}
  }

  /** Of a batch of one line that is over. */
  Answer of(String tenant, GatewayBatch batch) throws InterruptedException {
    if (!batch.getErrors().isEmpty()) {
      var error = batch.getErrors().getFirst();
      return new Answer.None(new ApiError(400, error.getCode(), error.getMessage()));
    }
    String file =
        batch.getOutputFileId() == null ? batch.getErrorFileId() : batch.getOutputFileId();
    byte[] line = file == null ? null : line(tenant, file);
    if (line == null) {
      return new Answer.None(
          new ApiError(
              410, "no_answer", "the call was cancelled, or its answer is not kept any more"));
    }
    try {
      JsonSpan body = JsonSpan.of(line, "response", "body");
      JsonSpan status = JsonSpan.of(line, "response", "status_code");
      if (body != null && status != null) {
        return new Answer.Given(Integer.parseInt(text(status, line)), body.valueIn(line));
      }
      return new Answer.None(
          new ApiError(
              400,
              textOr(JsonSpan.of(line, "error", "code"), line, "failed"),
              textOr(JsonSpan.of(line, "error", "message"), line, "the call failed")));
    } catch (IOException e) {
      throw new ApiException(new ApiError(500, "internal_error", "the answer can't be read"));
    }
  }

  private byte @Nullable [] line(String tenant, String id) throws InterruptedException {
    Optional<GatewayObject> object = objects.find(new ObjectKey(tenant, id));
    if (object.isPresent() && object.get().getObject() instanceof GatewayFile file) {
      try (InputStream in = files.open(file, 0)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ApiException(
            new ApiError(503, "kafka_unavailable", "the answer can't be read: " + e.getMessage()));
      }
    }
    return null;
  }

  private static String text(JsonSpan span, byte[] line) {
    return new String(span.valueIn(line), UTF_8).strip();
  }

  private static String textOr(@Nullable JsonSpan span, byte[] line, String otherwise)
      throws IOException {
    if (span == null) {
      return otherwise;
    }
    try (JsonParser json = FACTORY.createParser(span.valueIn(line))) {
      json.nextToken();
      return json.getValueAsString(otherwise);
    }
  }
}
