package dev.offpeak.provider.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.offpeak.core.price.ReportedUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One JSON value that comes in pieces: an object with counts in it, or a list of such objects. */
final class LiveJson {

  /** A text is kept while it comes; of a longer one, an image perhaps, nothing more is known. */
  private static final int LONGEST_TEXT = 16 << 20;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
          .build();

  /** Counts are a few lines; what is larger is something else. */
  private static final int LARGEST_COUNTS = 1 << 16;

  private static final String TIER = "service_tier";

  @FunctionalInterface
  interface Told {
    void usage(ReportedUsage usage, boolean inNest, boolean inList);
  }

  private final LiveShape shape;
  private final Told told;
  private @Nullable JsonParser parser;
  private boolean inList;
  private int depth;
  private int nestAt;
  private int copiedFrom;
  private String field = "";
  private String model = "";
  private String tier = "";
  private final ByteArrayOutputStream copied = new ByteArrayOutputStream(0);
  private @Nullable JsonGenerator copy;

  LiveJson(LiveShape shape, Told told) {
    this.shape = shape;
    this.told = told;
    this.parser = open();
  }

  private static @Nullable JsonParser open() {
    try {
      return FACTORY.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      return null;
    }
  }

  void feed(byte[] bytes, int from, int to) {
    JsonParser open = parser;
    if (open == null) {
      return;
    }
    try {
      ((ByteArrayFeeder) open.getNonBlockingInputFeeder()).feedInput(bytes, from, to);
      read(open);
    } catch (IOException | RuntimeException e) {
      // It is no JSON, such as the word that ends a stream: there is nothing to be known of it.
      parser = null;
    }
  }

  void end() {
    JsonParser open = parser;
    parser = null;
    if (open == null) {
      return;
    }
    try (open) {
      open.getNonBlockingInputFeeder().endOfInput();
      read(open);
    } catch (IOException | RuntimeException e) {
      // Likewise: it was cut off.
    }
  }

  String model() {
    return model;
  }

  String tier() {
    return tier;
  }

  private void read(JsonParser in) throws IOException {
    JsonToken token = in.nextToken();
    while (token != null && token != JsonToken.NOT_AVAILABLE) {
      take(in, token);
      token = in.nextToken();
    }
  }

  private void take(JsonParser in, JsonToken token) throws IOException {
    if (depth == 0 && (token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY)) {
      inList = true;
      return;
    }
    if (token.isStructStart()) {
      begin(token);
    }
    if (copy != null) {
      copy(copy, in);
    }
    if (token == JsonToken.FIELD_NAME) {
      field = in.currentName();
    } else if (token == JsonToken.VALUE_STRING) {
      text(in);
    } else if (token.isStructEnd()) {
      finish();
    }
  }

  private void begin(JsonToken token) throws IOException {
    boolean isObject = token == JsonToken.START_OBJECT;
    if (isObject && copy == null && isHere() && field.equals(shape.usage())) {
      copied.reset();
      copy = FACTORY.createGenerator(copied);
      copiedFrom = depth;
    } else if (isObject && depth == 1 && field.equals(shape.nest())) {
      nestAt = 2;
    }
    depth++;
  }

  private void finish() throws IOException {
    depth--;
    if (copy != null && depth == copiedFrom) {
      copy.close();
      copy = null;
      boolean inNest = nestAt > 0;
      ReportedUsage counts = counts();
      if (!counts.equals(ReportedUsage.MISSING)) {
        told.usage(counts, inNest, inList);
      }
    }
    if (depth < nestAt) {
      nestAt = 0;
    }
  }

  private ReportedUsage counts() throws IOException {
    try (JsonParser in = FACTORY.createParser(copied.toByteArray())) {
      in.nextToken();
      return shape.counts().read(in);
    }
  }

  private void copy(JsonGenerator to, JsonParser in) throws IOException {
    to.copyCurrentEvent(in);
    if (copied.size() > LARGEST_COUNTS) {
      throw new IOException("no counts are that large");
    }
  }

  private void text(JsonParser in) throws IOException {
    if (field.equals(TIER) && (isHere() || (copy != null && depth == copiedFrom + 1))) {
      tier = in.getText();
    } else if (isHere() && field.equals(shape.model())) {
      model = in.getText();
    }
  }

  /** At the top, or at the top of the nest. */
  private boolean isHere() {
    return depth == 1 || (nestAt > 0 && depth == nestAt);
  }
}
