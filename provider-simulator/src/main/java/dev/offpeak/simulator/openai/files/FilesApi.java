package dev.offpeak.simulator.openai.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.RateWindow;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.rules.AzureRules;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.wire.Listing;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** {@code /v1/files}. */
public final class FilesApi {
  private static final int MAX_LIST = 10_000;

  private final FileStore files;
  private final Ids ids;
  private final OpenAiLimits limits;
  private final SimClock clock;
  private final AzureRules azure;
  private final RateWindow uploads;

  /** Serves the files of a store. */
  public FilesApi(FileStore files, Ids ids, OpenAiRules rules, SimClock clock) {
    this.files = files;
    this.ids = ids;
    this.limits = rules.limits();
    this.azure = rules.azure();
    this.clock = clock;
    this.uploads =
        new RateWindow(rules.limits().uploadsPerMinute(), Duration.ofMinutes(1).toMillis());
  }

  /** {@code POST /v1/files}. */
  public Reply upload(Exchange exchange) throws IOException {
    long wait = uploads.take(exchange.owner(), clock.millis());
    if (wait > 0) {
      throw OpenAiErrors.rateLimited("file uploads", limits.uploadsPerMinute(), wait);
    }
    try (Upload upload = Upload.read(exchange, files.newPart(), limits)) {
      upload.check(limits);
      StoredFile file =
          files.adopt(
              new StoredFile.Draft(
                  ids.next("file-"),
                  exchange.owner(),
                  upload.fileName(),
                  upload.purpose(),
                  "",
                  "",
                  upload.lifeMillis(limits)),
              upload.part());
      return reply(file);
    }
  }

  /** {@code GET /v1/files}. */
  public Reply list(Exchange exchange) {
    String order = Listing.order(exchange);
    int limit = Listing.limit(exchange, MAX_LIST, MAX_LIST);
    String purpose = exchange.query("purpose").orElse("");
    List<StoredFile> found =
        files.list(exchange.owner()).stream()
            .filter(file -> purpose.isEmpty() || file.purpose().equals(purpose))
            .toList();
    List<StoredFile> ordered = order.equals("asc") ? found : found.reversed();
    return Listing.reply(
        ordered,
        StoredFile::id,
        exchange,
        limit,
        (json, file) -> FileJson.write(json, file, isPending(file)));
  }

  /** {@code GET /v1/files/{id}}. */
  public Reply get(Exchange exchange) {
    return reply(find(exchange));
  }

  /** {@code GET /v1/files/{id}/content}. */
  public Reply content(Exchange exchange) {
    StoredFile file = find(exchange);
    return Reply.file("application/octet-stream", files.content(file.id()), file.bytes());
  }

  /** {@code DELETE /v1/files/{id}}. */
  public Reply delete(Exchange exchange) throws IOException {
    StoredFile file = find(exchange);
    files.delete(file);
    return Reply.json(200, Json.bytes(json -> writeDeleted(json, file.id())));
  }

  private StoredFile find(Exchange exchange) {
    String id = exchange.path("id");
    return files
        .find(exchange.owner(), id)
        .orElseThrow(() -> OpenAiErrors.notFound("No such File object: " + id, "id"));
  }

  /** Whether no batch can be made of that file yet. */
  public boolean isPending(String owner, String id) {
    return files.find(owner, id).filter(this::isPending).isPresent();
  }

  private boolean isPending(StoredFile file) {
    return azure.on()
        && file.purpose().equals("batch")
        && clock.millis() < file.createdAt() + azure.processingMs();
  }

  private Reply reply(StoredFile file) {
    return Reply.json(200, Json.bytes(json -> FileJson.write(json, file, isPending(file))));
  }

  private static void writeDeleted(JsonGenerator json, String id) throws IOException {
    json.writeStartObject();
    json.writeStringField("object", "file");
    json.writeBooleanField("deleted", true);
    json.writeStringField("id", id);
    json.writeEndObject();
  }
}
