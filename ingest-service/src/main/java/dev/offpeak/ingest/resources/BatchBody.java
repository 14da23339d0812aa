package dev.offpeak.ingest.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.line.JsonItems;
import dev.offpeak.ingest.line.JsonLines;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.schemas.request.RequestDecoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The body of a create: the name of a file, or requests, which become lines of a file as they come.
 * Keys of these are the user's own and may be missing or equal, so that a line is named by its
 * place, and what came with it stands beside it.
 */
final class BatchBody implements JsonItems.Taker, AutoCloseable {

  private static final String REQUESTS = "batch.inputConfig.requests.requests";
  private static final Pattern SNAKE = Pattern.compile("_([a-z])");

  private final FileStore files;
  private final String endpoint;
  private final Headers headers;
  private FileStore.@Nullable Writing lines;
  private String displayName = "";
  private String fileName = "";
  private int count;

  /**
   * One that is not read yet.
   *
   * @param files where lines are written
   * @param endpoint of its requests
   * @param headers that each will have
   */
  BatchBody(FileStore files, String endpoint, Headers headers) {
    this.files = files;
    this.endpoint = endpoint;
    this.headers = headers;
  }

  String displayName() {
    return displayName;
  }

  /** The name of the file with its lines; empty when they came with the create. */
  String fileName() {
    return fileName;
  }

  /** How many requests came with it. */
  int count() {
    return count;
  }

  /** The file of requests that came with it; null when there are none. */
  FileStore.@Nullable Finished finish() throws IOException, InterruptedException {
    return lines == null ? null : lines.finish();
  }

  @Override
  public boolean wants(String path) {
    return camel(path).equals(REQUESTS);
  }

  /** Both spellings are taken, as by all of Google's APIs. */
  private static String camel(String path) {
    return path.indexOf('_') < 0
        ? path
        : SNAKE.matcher(path).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  @Override
  public void text(String path, String value) {
    switch (camel(path)) {
      case "batch.displayName" -> displayName = value;
      case "batch.inputConfig.fileName" -> fileName = value;
      default -> {
        // Priorities and such mean nothing here.
      }
    }
  }

  @Override
  public void item(int number, byte[] bytes) throws IOException {
    JsonSpan request = JsonSpan.of(bytes, "request");
    if (request == null) {
      throw Names.bad(REQUESTS + "[" + number + "]: \"request\" is missing");
    }
    byte[] line = line(number, request.valueIn(bytes), JsonSpan.of(bytes, "metadata"), bytes);
    check(number, line);
    if (lines == null) {
      lines = files.begin();
    }
    lines.write(line, 0, line.length);
    count++;
  }

  private static byte[] line(int number, byte[] request, @Nullable JsonSpan metadata, byte[] all) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(all.length + 32);
    line.writeBytes(("{\"key\":\"" + number + "\",\"request\":").getBytes(UTF_8));
    line.writeBytes(request);
    if (metadata != null) {
      line.writeBytes(",\"metadata\":".getBytes(UTF_8));
      line.writeBytes(metadata.valueIn(all));
    }
    line.writeBytes("}\n".getBytes(UTF_8));
    return line.toByteArray();
  }

  private void check(int number, byte[] line) {
    switch (JsonLines.decode(line, headers)) {
      case RequestDecoding.Undecodable refused ->
          throw Names.bad(REQUESTS + "[" + number + "]: " + refused.message());
      case RequestDecoding.Decoded request -> {
        boolean fits = request.shape() == LineShape.GEMINI && request.endpoint().equals(endpoint);
        if (!fits) {
          throw Names.bad(REQUESTS + "[" + number + "]: the request is none of " + endpoint);
        }
      }
    }
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
  }
}
