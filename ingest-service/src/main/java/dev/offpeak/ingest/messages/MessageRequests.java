package dev.offpeak.ingest.messages;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.ingest.batches.IdSet;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.line.JsonItems;
import dev.offpeak.ingest.line.JsonLines;
import dev.offpeak.schemas.request.RequestDecoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * The requests of a create, which become lines of a file as they come. One that can't be sent
 * refuses all, as at Anthropic.
 */
final class MessageRequests implements JsonItems.Taker {

  private static final String REQUESTS = "requests";
  private static final Pattern CUSTOM_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final byte[] LINE_END = {'\n'};

  private final FileStore.Writing lines;
  private final Headers headers;
  private final IdSet ids = new IdSet();
  private int count;

  private MessageRequests(FileStore.Writing lines, Headers headers) {
    this.lines = lines;
    this.headers = headers;
  }

  /**
   * Reads the body of a create.
   *
   * @param lines where they are written
   * @param headers that each will have
   * @param limit bytes of one request
   * @return how many there are
   * @throws ApiException when it can't be taken
   */
  static int read(InputStream body, FileStore.Writing lines, Headers headers, int limit)
      throws IOException {
    MessageRequests requests = new MessageRequests(lines, headers);
    JsonItems.read(body, limit, requests);
    if (requests.count == 0) {
      throw bad("requests: a batch has one request at least");
    }
    return requests.count;
  }

  @Override
  public boolean wants(String path) {
    return path.equals(REQUESTS);
  }

  @Override
  public void text(String path, String value) {
    // Whatever else there is, nobody needs it.
  }

  @Override
  public void item(int number, byte[] bytes) throws IOException {
    String place = REQUESTS + "." + number;
    switch (JsonLines.decode(bytes, headers)) {
      case RequestDecoding.Undecodable refused -> throw bad(place + ": " + refused.message());
      case RequestDecoding.Decoded request -> check(place, request);
    }
    lines.write(bytes, 0, bytes.length);
    lines.write(LINE_END, 0, 1);
    count++;
  }

  private void check(String place, RequestDecoding.Decoded request) {
    if (request.shape() != LineShape.ANTHROPIC) {
      throw bad(place + ": a request is {\"custom_id\", \"params\"}");
    }
    String id = request.customId();
    if (!CUSTOM_ID.matcher(id).matches()) {
      String shown = id.length() > 100 ? id.substring(0, 100) + "…" : id;
      throw bad(
          place
              + ".custom_id: '"
              + shown
              + "' must be 1 to 64 letters, digits, hyphens and underscores");
    }
    if (!ids.add(id)) {
      throw bad(place + ".custom_id: '" + id + "' stands in an earlier request, too");
    }
  }

  private static ApiException bad(String message) {
    return new ApiException(new ApiError(400, "invalid_request", message, REQUESTS));
  }
}
