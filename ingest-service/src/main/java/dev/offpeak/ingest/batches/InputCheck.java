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

/** Reads an input file to its end before anything of it is sent, as OpenAI does. */
final class InputCheck {

  private static final int MOST_ERRORS = 100;

  private final String endpoint;
  private final Headers headers;
  private final IdSet ids = new IdSet();
  private final List<GatewayBatchError> errors = new ArrayList<>();
  private long lines;
  private @Nullable String model;
  private boolean mixed;

  /**
   * What a file was found to be.
   *
   * @param lines that hold a request
   * @param model of all lines; null when they differ
   * @param errors empty when it can be sent
   */
  record Found(long lines, @Nullable String model, List<GatewayBatchError> errors) {}

  private InputCheck(String endpoint, Headers headers) {
    this.endpoint = endpoint;
    this.headers = headers;
  }

  /**
   * Checks a file.
   *
   * @param endpoint of the batch
   * @param headers that its lines will have
   * @param lineLimit bytes of the longest line
   */
  static Found of(InputStream in, String endpoint, Headers headers, int lineLimit)
      throws IOException {
    InputCheck check = new InputCheck(endpoint, headers);
    LineReader reader = new LineReader(in, lineLimit, Integer.MAX_VALUE);
    for (Line line = reader.next(); line != null; line = reader.next()) {
      check.lines++;
      switch (line) {
        case Line.TooLong(long number, long length) ->
            check.error(
                "request_too_large",
                "The line has " + length + " bytes; at most " + lineLimit + " are allowed.",
                null,
                number);
        case Line.Whole(long number, byte[] bytes) -> check.take(number, bytes);
      }
    }
    if (check.lines == 0) {
      check.error("empty_file", "The input file has no requests.", null, null);
    }
    return new Found(check.lines, check.mixed ? null : check.model, check.errors);
  }

  /** The custom id of a line that was found to be good. */
  static @Nullable String customId(byte[] line) {
    return JsonLines.decode(line, new RecordHeaders()) instanceof RequestDecoding.Decoded request
        ? request.customId()
        : null;
  }

  private void take(long number, byte[] bytes) {
    switch (JsonLines.decode(bytes, headers)) {
      case RequestDecoding.Undecodable refused ->
          error(refused.code().id(), refused.message(), null, number);
      case RequestDecoding.Decoded request -> take(number, request);
    }
  }

  private void take(long number, RequestDecoding.Decoded request) {
    if (request.shape() == LineShape.OPENAI && !request.endpoint().equals(endpoint)) {
      error(
          "mismatched_url",
          "The line is for " + request.endpoint() + ", and the batch for " + endpoint + ".",
          "url",
          number);
    }
    if (!ids.add(request.customId())) {
      error(
          "duplicate_custom_id",
          "The custom_id '" + request.customId() + "' stands in an earlier line, too.",
          "custom_id",
          number);
    }
    mixed |= model != null && !model.equals(request.model());
    model = request.model();
  }

  private void error(String code, String message, @Nullable String param, @Nullable Long line) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(
          GatewayBatchError.newBuilder()
              .setCode(code)
              .setMessage(message)
              .setParam(param)
              .setLine(line)
              .build());
    }
  }
}
