package dev.offpeak.simulator.gemini.files;

import dev.offpeak.simulator.gemini.files.UploadSession.Plan;
import dev.offpeak.simulator.gemini.rules.GeminiLimits;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.StoredFile;
import java.io.IOException;

/** The {@code start} of an upload: what is to come, and whether it may. */
final class UploadStart {
  private static final int OWN_NAME_LENGTH = 40;
  private static final int ID_LENGTH = 12;

  private final FileStore files;
  private final Ids ids;
  private final GeminiLimits limits;

  UploadStart(FileStore files, Ids ids, GeminiLimits limits) {
    this.files = files;
    this.ids = ids;
    this.limits = limits;
  }

  /** Opens a session. */
  UploadSession begin(Exchange exchange) throws IOException {
    String protocol = exchange.header("x-goog-upload-protocol").orElse("");
    if (!protocol.equals("resumable")) {
      throw invalid("X-Goog-Upload-Protocol is '" + protocol + "'; it must be resumable.");
    }
    long declared = declared(exchange);
    if (declared > limits.maxFileBytes()) {
      throw invalid("File is too large. The limit is " + limits.maxFileBytes() + " bytes.");
    }
    long stored = files.list(exchange.owner()).stream().mapToLong(StoredFile::bytes).sum();
    if (stored + Math.max(0, declared) > limits.maxStorageBytes()) {
      throw new Refusal(
          GeminiErrors.exhausted(
              "You have exceeded your file storage quota of " + limits.maxStorageBytes() + ".", 0));
    }
    FileOrder order = FileOrder.read(exchange);
    String mimeType =
        exchange
            .header("x-goog-upload-header-content-type")
            .or(order::mimeType)
            .orElse("application/octet-stream");
    if (!limits.uploadMimeTypes().isEmpty() && !limits.uploadMimeTypes().contains(mimeType)) {
      throw invalid("Unsupported MIME type: " + mimeType);
    }
    String name = order.name().map(own -> ownName(own)).orElse("");
    if (name.isEmpty()) {
      name = ids.lower(ID_LENGTH);
    }
    Plan plan = new Plan(exchange.owner(), name, order.displayName(), mimeType, declared);
    return new UploadSession(plan, files.newPart(), limits.chunkGranularity());
  }

  private static long declared(Exchange exchange) {
    String text = exchange.header("x-goog-upload-header-content-length").orElse("");
    if (!text.isEmpty() && !text.matches("\\d{1,15}")) {
      throw invalid("Invalid X-Goog-Upload-Header-Content-Length: " + text);
    }
    return text.isEmpty() ? -1 : Long.parseLong(text);
  }

  /** The id that the caller chose; that it is free is made sure of again at the end. */
  private String ownName(String name) {
    String id = FilesApi.id(name);
    if (!id.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") || id.length() > OWN_NAME_LENGTH) {
      throw invalid(
          "Invalid file name '%s': it must be 'files/' and up to %d lowercase letters, digits and dashes."
              .formatted(name, OWN_NAME_LENGTH));
    }
    checkFree(files, id);
    return id;
  }

  /** Refuses a name that a file has. */
  static void checkFree(FileStore files, String id) {
    if (files.taken(id)) {
      throw GeminiErrors.refuse(
          RpcCode.ALREADY_EXISTS, "The file files/" + id + " already exists.");
    }
  }

  private static RuntimeException invalid(String message) {
    return GeminiErrors.refuse(RpcCode.INVALID_ARGUMENT, message);
  }
}
