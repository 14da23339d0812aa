package dev.offpeak.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;

/**
 * How bytes that others wrote are parsed as JSON: as UTF-8 and as nothing else. Jackson would guess
 * an encoding from zero bytes, then fail in ways that are no parser's verdict, and count characters
 * where bytes are meant. Names are not kept for later, since there is no end of them.
 */
public final class ForeignJson {

  /** Levels of arrays and objects that are read. */
  public static final int MAX_DEPTH = 1_000;

  // A body stands one level deep in its line. Lengths are bounded by the record's own.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 1)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private ForeignJson() {}

  /** A parser of those bytes. A byte order mark is an error: whoever takes one skips it. */
  public static JsonParser parser(byte[] bytes, int start, int length) throws IOException {
    return FACTORY.createParser(bytes, start, length);
  }

  /** A parser of bytes that come in; it reads ahead of what it has said. */
  public static JsonParser parser(InputStream in) throws IOException {
    return FACTORY.createParser(in);
  }

  /** A parser of all the bytes. */
  public static JsonParser parser(byte[] bytes) throws IOException {
    return parser(bytes, 0, bytes.length);
  }
}
