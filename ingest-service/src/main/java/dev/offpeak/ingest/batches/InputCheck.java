package dev.offpeak.ingest.batches;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.ingest.line.JsonLines;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.line.LineReader;
import dev.offpeak.schemas.avro.GatewayBatchError;
import dev.offpeak.schemas.request.RequestDecoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Looks at the lines of an input file, one after the other from the first. */
final class InputCheck {

  private static final int MOST_ERRORS = 100;

  /** Of a batch whose lines may be for any; OpenAI has none such. */
  private static final String ANY_ENDPOINT = "/v1";

  private final String endpoint;
  private final Headers headers;
  private final int lineLimit;
  private final IdSet ids = new IdSet();
  private @Nullable String model;
  private boolean mixed;

  /**
   * What a file was found to be.
   *
   * @param lines that hold something
   * @param model of all lines; null when they differ
   * @param errors the first hundred of its lines; empty when each can be sent
   */
  record Found(long lines, @Nullable String model, List<GatewayBatchError> errors) {}

  /**
   * Before the first line.
   *
   * @param endpoint of the batch
   * @param headers that its lines will have
   * @param lineLimit bytes of the longest line
   */
  InputCheck(String endpoint, Headers headers, int lineLimit) {
    this.endpoint = endpoint;
    this.headers = headers;
    this.lineLimit = lineLimit;
  }

  /** Reads a file to its end before anything of it is sent, as OpenAI does. */
  Found of(InputStream in) throws IOException {
    long lines = 0;
    List<GatewayBatchError> errors = new ArrayList<>();
    LineReader reader = new LineReader(in, lineLimit, Integer.MAX_VALUE);
    for (Line line = reader.next(); line != null; line = reader.next()) {
      lines++;
      GatewayBatchError wrong = look(line);
      if (wrong != null && errors.size() < MOST_ERRORS) {
        errors.add(wrong);
      }
    }
    if (lines == 0) {
      errors.add(error("empty_file", "The input file has no requests.", null, null));
    }
    return new Found(lines, mixed ? null : model, errors);
  }

  /** The custom id of a line, when it can be read. */
  static @Nullable String customId(Line line) {
    return line instanceof Line.Whole(long _, byte[] bytes)
            && JsonLines.decode(bytes, new RecordHeaders())
                instanceof RequestDecoding.Decoded request
        ? request.customId()
        : null;
  }

  /** What is wrong with the next line; null when it can be sent. */
  @Nullable GatewayBatchError look(Line line) {
    return switch (line) {
      case Line.TooLong(long number, long length) ->
          error(
              "request_too_large",
              "The line has " + length + " bytes; at most " + lineLimit + " are allowed.",
              null,
              number);
      case Line.Whole(long number, byte[] bytes) ->
          switch (JsonLines.decode(bytes, headers)) {
            case RequestDecoding.Undecodable refused ->
                error(refused.code().id(), refused.message(), null, number);
            case RequestDecoding.Decoded request -> look(number, request);
          };
    };
  }

  private @Nullable GatewayBatchError look(long number, RequestDecoding.Decoded request) {
    boolean isNew = ids.add(request.customId());
    mixed |= model != null && !model.equals(request.model());
    model = request.model();
    if (request.shape() == LineShape.OPENAI
        && !endpoint.equals(ANY_ENDPOINT)
        && !request.endpoint().equals(endpoint)) {
      return error(
          "mismatched_url",
          "The line is for " + request.endpoint() + ", and the batch for " + endpoint + ".",
          "url",
          number);
    }
    return isNew
        ? null
        : error(
            "duplicate_custom_id",
            "The custom_id '" + request.customId() + "' stands in an earlier line, too.",
            "custom_id",
            number);
  }

  private static GatewayBatchError error(
      String code, String message, @Nullable String param, @Nullable Long line) {
    return GatewayBatchError.newBuilder()
        .setCode(code)
        .setMessage(message)
        .setParam(param)
        .setLine(line)
        .build();
  }
}
