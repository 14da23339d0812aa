package dev.offpeak.simulator.gemini.files;

import dev.offpeak.simulator.gemini.files.UploadSession.Plan;
import dev.offpeak.simulator.gemini.rules.GeminiLimits;
import dev.offpeak.simulator.gemini.rules.GeminiQuirks;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.GeminiFront;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * {@code /upload/v1beta/files}: the resumable protocol. {@code start} opens a session, {@code
 * upload} adds a chunk to it, {@code upload, finalize} the last one, {@code query} tells how much
 * has come in. Sessions live in memory: a restarted simulator knows no unfinished ones.
 */
public final class UploadApi {
  private static final String COMMAND = "x-goog-upload-command";
  private static final String STATUS = "x-goog-upload-status";

  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();
  private final FileStore files;
  private final Ids ids;
  private final UploadStart starts;
  private final GeminiLimits limits;
  private final GeminiQuirks quirks;
  private final SimClock clock;

  /** Uploads to the store. */
  public UploadApi(FileStore files, Ids ids, GeminiRules rules, SimClock clock) {
    this.files = files;
    this.ids = ids;
    this.starts = new UploadStart(files, ids, rules.limits());
    this.limits = rules.limits();
    this.quirks = rules.quirks();
    this.clock = clock;
  }

  /** Who began a session. */
  public Optional<String> owner(String uploadId) {
    return Optional.ofNullable(sessions.get(uploadId)).map(session -> session.plan().owner());
  }

  /** The kind of call, for faults and counts: that a file was uploaded is counted at its end. */
  public static String callName(String command) {
    List<String> words = words(command);
    if (words.contains("start")) {
      return "start_upload";
    }
    if (words.contains("finalize")) {
      return "upload_file";
    }
    return words.contains("query") ? "query_upload" : "upload_chunk";
  }

  private static List<String> words(String command) {
    return Stream.of(command.split(",", -1))
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Any call of the protocol. */
  public Reply call(Exchange exchange) throws IOException {
    List<String> words = words(exchange.header(COMMAND).orElse(""));
    if (words.contains("start")) {
      String id = ids.next("");
      sessions.put(id, starts.begin(exchange));
      return started(exchange, id);
    }
    UploadSession session =
        exchange
            .query(GeminiFront.UPLOAD_ID)
            .map(sessions::get)
            .orElseThrow(
                () -> GeminiErrors.refuse(RpcCode.NOT_FOUND, "There is no such upload session."));
    if (words.contains("query")) {
      return answer(exchange, session);
    }
    if (words.contains("cancel")) {
      session.cancel();
      Files.deleteIfExists(session.part());
      return status(session);
    }
    boolean upload = words.contains("upload");
    boolean finish = words.contains("finalize");
    if (!upload && !finish) {
      throw invalid("Invalid X-Goog-Upload-Command: " + words);
    }
    return advance(exchange, session, upload, finish);
  }

  private Reply started(Exchange exchange, String id) {
    String url =
        exchange.root()
            + exchange.path()
            + "?upload_protocol=resumable&"
            + GeminiFront.UPLOAD_ID
            + "="
            + id;
    return Reply.json(200, new byte[0])
        .with("x-goog-upload-url", url)
        .with("x-goog-upload-control-url", url)
        .with("x-goog-upload-chunk-granularity", Integer.toString(limits.chunkGranularity()))
        .with(STATUS, "active");
  }

  private static RuntimeException invalid(String message) {
    return GeminiErrors.refuse(RpcCode.INVALID_ARGUMENT, message);
  }

  private Reply advance(Exchange exchange, UploadSession session, boolean upload, boolean finish)
      throws IOException {
    if (session.file() != null) {
      return answer(exchange, session);
    }
    if (!session.active()) {
      throw invalid("The upload session was cancelled.");
    }
    if (upload) {
      append(exchange, session, finish);
    }
    if (!finish) {
      return status(session);
    }
    Plan plan = session.plan();
    if (plan.declaredBytes() >= 0 && plan.declaredBytes() != session.received()) {
      throw invalid(
          "The upload has %d bytes; %d were declared."
              .formatted(session.received(), plan.declaredBytes()));
    }
    UploadStart.checkFree(files, plan.name());
    session.finished(
        files.adopt(
            new StoredFile.Draft(
                plan.name(),
                plan.owner(),
                plan.displayName(),
                FileJson.UPLOADED,
                plan.mimeType(),
                session.sha256(),
                limits.fileLifeSeconds() * 1000),
            session.part()));
    return answer(exchange, session);
  }

  private void append(Exchange exchange, UploadSession session, boolean last) throws IOException {
    String offset = exchange.header("x-goog-upload-offset").orElse("");
    if (!offset.matches("\\d{1,15}")) {
      throw invalid("Invalid X-Goog-Upload-Offset: '" + offset + "'");
    }
    long declared = session.plan().declaredBytes();
    long most = declared < 0 ? limits.maxFileBytes() : declared;
    long before = session.received();
    int unit = limits.chunkGranularity();
    boolean wholeUnits = unit > 0 && !last;
    long read;
    try {
      read = session.append(exchange.stream(), Long.parseLong(offset), most, wholeUnits);
    } catch (UploadSession.WrongOffset e) {
      throw invalid("The upload has %d bytes; the offset is %s.".formatted(before, offset));
    } catch (UploadSession.TooMuch e) {
      throw invalid("The upload goes beyond its " + most + " bytes.");
    }
    if (wholeUnits && read % unit != 0) {
      throw invalid(
          "A chunk has %d bytes; all but the last must have a multiple of %d."
              .formatted(read, unit));
    }
  }

  private static Reply status(UploadSession session) {
    StoredFile file = session.file();
    String status = file != null ? "final" : session.active() ? "active" : "cancelled";
    return Reply.json(200, new byte[0])
        .with(STATUS, status)
        .with("x-goog-upload-size-received", Long.toString(session.received()));
  }

  /** How far the session is, with the file when it is whole. */
  private Reply answer(Exchange exchange, UploadSession session) {
    StoredFile file = session.file();
    Reply reply = status(session);
    if (file == null || quirks.uploadReplyWithoutFile()) {
      return reply;
    }
    FileJson writer = new FileJson(exchange.root(), clock.millis(), quirks.fileProcessingMs());
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeFieldName("file");
              writer.write(json, file);
              json.writeEndObject();
            });
    return new Reply(200, reply.contentType(), reply.headers(), new Reply.Body.Bytes(body));
  }
}
