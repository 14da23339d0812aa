package dev.offpeak.ingest.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Incoming;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.http.PublicAddress;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayUpload;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How files come in at Gemini's API: a start gives an address, to which the bytes are sent in one
 * piece or several. The address is all that they come with; whoever has it may send.
 */
public final class UploadRoutes implements Consumer<HttpRouting.Builder> {

  private static final HeaderName COMMAND = HeaderNames.create("x-goog-upload-command");
  private static final HeaderName PROTOCOL = HeaderNames.create("x-goog-upload-protocol");
  private static final HeaderName OFFSET = HeaderNames.create("x-goog-upload-offset");
  private static final HeaderName LENGTH =
      HeaderNames.create("x-goog-upload-header-content-length");
  private static final HeaderName TYPE = HeaderNames.create("x-goog-upload-header-content-type");
  private static final HeaderName URL = HeaderNames.create("x-goog-upload-url");
  private static final HeaderName STATUS = HeaderNames.create("x-goog-upload-status");
  private static final HeaderName RECEIVED = HeaderNames.create("x-goog-upload-size-received");
  private static final String SESSION = "upload_id";

  private final Entrance entrance;
  private final Bodies bodies;
  private final Incoming incoming;
  private final UploadSessions sessions;
  private final FileStore files;
  private final PublicAddress address;

  public UploadRoutes(
      Entrance entrance,
      Bodies bodies,
      Incoming incoming,
      UploadSessions sessions,
      FileStore files,
      PublicAddress address) {
    this.entrance = entrance;
    this.bodies = bodies;
    this.incoming = incoming;
    this.sessions = sessions;
    this.files = files;
    this.address = address;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : Names.BASES) {
      routing.post("/upload" + base + "/files", this::post);
    }
  }

  private void post(ServerRequest request, ServerResponse response) throws InterruptedException {
    String session = request.query().first(SESSION).orElse("");
    String command = header(request, COMMAND, "").toLowerCase(Locale.ROOT);
    if (session.isEmpty()) {
      start(request, response, command);
      return;
    }
    // SDKs send a piece again when an answer has no status; these are answers that last.
    response.header(STATUS, "final");
    GatewayObject upload = find(session);
    switch (command.replace(" ", "")) {
      case "query" -> answer(response, upload);
      case "upload" -> {
        take(request, upload);
        answer(response, upload);
      }
      case "upload,finalize" -> {
        take(request, upload);
        finish(request, response, upload);
      }
      case "finalize" -> finish(request, response, upload);
      case "cancel" -> {
        sessions.cancel(upload);
        Answer.send(response, 200, Json.object(json -> {}));
      }
      default ->
          throw Names.bad("X-Goog-Upload-Command must be upload, finalize, both, query or cancel");
    }
  }

  private void start(ServerRequest request, ServerResponse response, String command)
      throws InterruptedException {
    Caller caller = entrance.admit(request);
    boolean isResumable = header(request, PROTOCOL, "").equalsIgnoreCase("resumable");
    if (!isResumable || !command.equals("start")) {
      throw Names.bad(
          "an upload begins with X-Goog-Upload-Protocol: resumable and X-Goog-Upload-Command:"
              + " start");
    }
    UploadStart start = UploadStart.of(bodies.read(request));
    String type = start.mimeType().isEmpty() ? header(request, TYPE, "") : start.mimeType();
    GatewayObject upload =
        sessions.begin(caller.tenantOrDefault(), start, type, length(request, LENGTH, -1));
    String path = request.path().absolute().path();
    response.header(
        URL,
        address.of(
            request, path + "?" + SESSION + "=" + token(upload) + "&upload_protocol=resumable"));
    response.header(STATUS, "active");
    Answer.send(response, 200, Json.object(json -> {}));
  }

  /** A tenant is no secret of its own users; the id is what nobody guesses. */
  private static String token(GatewayObject upload) {
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(upload.getTenant().getBytes(UTF_8))
        + "."
        + upload.getId();
  }

  private GatewayObject find(String token) throws InterruptedException {
    int dot = token.indexOf('.');
    try {
      String tenant =
          new String(Base64.getUrlDecoder().decode(token.substring(0, Math.max(0, dot))), UTF_8);
      return sessions
          .find(new ObjectKey(tenant, token.substring(dot + 1)))
          .orElseThrow(Names::notFound);
    } catch (IllegalArgumentException e) {
      throw Names.notFound();
    }
  }

  private void take(ServerRequest request, GatewayObject upload) throws InterruptedException {
    long offset = length(request, OFFSET, 0);
    Caller sender = new Caller("upload of " + upload.getTenant(), upload.getTenant(), false);
    if (!request.content().hasEntity()) {
      return;
    }
    incoming.read(
        request,
        sender,
        body -> {
          try (FileStore.Writing writing = files.begin()) {
            copy(body, writing);
            sessions.take(upload, offset, writing.finish());
            return upload;
          }
        });
  }

  private static void copy(InputStream body, FileStore.Writing writing) throws IOException {
    byte[] piece = new byte[64 * 1024];
    int read = body.read(piece);
    while (read >= 0) {
      writing.write(piece, 0, read);
      read = body.read(piece);
    }
  }

  private void finish(ServerRequest request, ServerResponse response, GatewayObject upload)
      throws InterruptedException {
    GatewayObject file = sessions.finish(upload);
    answer(
        response,
        "final",
        ((GatewayFile) file.getObject()).getBytes(),
        FilesResource.json(request, address).uploaded(file));
  }

  private void answer(ServerResponse response, GatewayObject upload) throws InterruptedException {
    boolean isComplete = ((GatewayUpload) upload.getObject()).getFileId() != null;
    answer(response, isComplete ? "final" : "active", sessions.received(upload), new byte[0]);
  }

  private static void answer(ServerResponse response, String status, long received, byte[] json) {
    response.headers().set(STATUS, status);
    response.header(RECEIVED, Long.toString(received));
    Answer.send(response, 200, json);
  }

  private static String header(ServerRequest request, HeaderName name, String otherwise) {
    return request.headers().first(name).orElse(otherwise).strip();
  }

  private static long length(ServerRequest request, HeaderName name, long otherwise) {
    String text = header(request, name, Long.toString(otherwise));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ApiException(
          new ApiError(400, "invalid_request", name.defaultCase() + " must be a number"));
    }
  }
}
