package dev.offpeak.simulator.http;

import dev.offpeak.simulator.fault.FaultAction;
import dev.offpeak.simulator.fault.JobScript;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call as a provider's code sees it. */
public final class Exchange {
  private final ServerRequest request;
  private final Caller caller;
  private final FaultAction fault;
  private byte @Nullable [] body;
  private @Nullable Path keptBody;

  Exchange(ServerRequest request, Caller caller, FaultAction fault) {
    this.request = request;
    this.caller = caller;
    this.fault = fault;
  }

  /** The organisation of the caller. */
  public String owner() {
    return caller.owner();
  }

  /** What a fault wants of the job that this call creates. */
  public JobScript script() {
    return fault.script();
  }

  /** A header, empty when it is not there. */
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** The caller's own name of this call, empty when it does not say. */
  public String clientId() {
    return header("X-Client-Request-Id").orElse("");
  }

  /** How the caller reaches the simulator, for instance {@code http://127.0.0.1:8081}. */
  public String root() {
    return "http://" + request.authority();
  }

  /** The path, for instance {@code /v1/files}. */
  public String path() {
    return request.path().path();
  }

  /** Method and path, for instance {@code GET /v1/files}. */
  public String url() {
    return request.prologue().method().text() + " " + path();
  }

  /** A part of the path by its name. */
  public String path(String name) {
    return request.path().pathParameters().get(name);
  }

  /** A query parameter, empty when it is not there or blank. */
  public Optional<String> query(String name) {
    return request.query().first(name).asOptional().filter(value -> !value.isBlank());
  }

  /** The content type with its parameters, empty when there is none. */
  public String contentType() {
    return request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
  }

  /**
   * The body as it arrives; can be read once, unless it was read with {@link #body} or kept before.
   */
  public InputStream stream() throws IOException {
    if (body != null) {
      return new ByteArrayInputStream(body);
    }
    if (keptBody != null) {
      return Files.newInputStream(keptBody);
    }
    if (!request.content().hasEntity()) {
      return InputStream.nullInputStream();
    }
    InputStream arriving = request.content().inputStream();
    Long cut = fault.cutUploadAfter();
    return cut == null ? arriving : new CutStream(arriving, cut);
  }

  /** Writes the body to a file, so that it can be read when the call has long been answered. */
  void keepBody(Path file) throws IOException {
    try (InputStream in = stream()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    keptBody = file;
  }

  /**
   * The whole body in memory; can be called again.
   *
   * @throws Refusal with the given answer when it is longer than that many bytes
   */
  public byte[] body(int maxBytes, Reply tooLarge) throws IOException {
    byte[] bytes = body;
    if (bytes == null) {
      bytes = stream().readNBytes(maxBytes + 1);
      body = bytes;
    }
    if (bytes.length > maxBytes) {
      throw new Refusal(tooLarge);
    }
    return bytes;
  }
}
