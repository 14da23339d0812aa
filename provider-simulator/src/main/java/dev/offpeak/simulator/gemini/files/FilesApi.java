package dev.offpeak.simulator.gemini.files;

import dev.offpeak.simulator.gemini.rules.GeminiQuirks;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.Paging;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.List;

/** {@code /v1beta/files}. */
public final class FilesApi {
  /** What stands behind the id in the path of a download. */
  public static final String DOWNLOAD = ":download";

  /** The word for a file that a batch made. */
  public static final String GENERATED = FileJson.GENERATED;

  private static final String PREFIX = "files/";
  private static final Paging PAGING = new Paging("files", 10, 100);

  private final FileStore files;
  private final GeminiQuirks quirks;
  private final SimClock clock;

  /** Serves the files of a store. */
  public FilesApi(FileStore files, GeminiQuirks quirks, SimClock clock) {
    this.files = files;
    this.quirks = quirks;
    this.clock = clock;
  }

  /** {@code GET /v1beta/files}. */
  public Reply list(Exchange exchange) {
    List<StoredFile> newestFirst = files.list(exchange.owner()).reversed();
    return PAGING.reply(newestFirst, StoredFile::id, exchange, writer(exchange)::write);
  }

  /** {@code GET /v1beta/files/{id}}. */
  public Reply get(Exchange exchange) {
    StoredFile file = find(exchange, exchange.path("id"));
    return Reply.json(200, Json.bytes(json -> writer(exchange).write(json, file)));
  }

  private FileJson writer(Exchange exchange) {
    return new FileJson(exchange.root(), clock.millis(), quirks.fileProcessingMs());
  }

  /** {@code GET /v1beta/files/{id}:download?alt=media}, also below {@code /download}. */
  public Reply download(Exchange exchange) {
    String path = exchange.path("id");
    if (!path.endsWith(DOWNLOAD) || !exchange.query("alt").orElse("").equals("media")) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT, "A download is GET …/files/{id}:download?alt=media");
    }
    StoredFile file = find(exchange, path.substring(0, path.length() - DOWNLOAD.length()));
    if (file.purpose().equals(FileJson.UPLOADED) && !quirks.uploadedDownload()) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT,
          "The file files/" + file.id() + " was uploaded; only generated files can be downloaded.");
    }
    return Reply.file("application/octet-stream", files.content(file.id()), file.bytes());
  }

  /** {@code DELETE /v1beta/files/{id}}. */
  public Reply delete(Exchange exchange) throws IOException {
    files.delete(find(exchange, exchange.path("id")));
    return Reply.emptyObject();
  }

  private StoredFile find(Exchange exchange, String id) {
    return files
        .find(exchange.owner(), id)
        .orElseThrow(() -> missing(id, quirks.missingFileStatus()));
  }

  /** The id in a file's name; empty when it is no such name. */
  public static String id(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
  }

  /** The answer to who asks for a file that is not there, or not theirs. */
  public static RuntimeException missing(String id, int status) {
    return GeminiErrors.refusal(
        status,
        "You do not have permission to access the File %s or it may not exist.".formatted(id));
  }
}
