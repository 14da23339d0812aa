package dev.offpeak.schemas.request;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.record.Clip;
import dev.offpeak.schemas.record.RecordFault;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.registry.SchemaUnavailable;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of llm.requests in one pass over the bytes and without copying the body. Decodes
 * JSON strictly and whole: what a provider's parser would refuse is refused here, where it costs
 * one record rather than a batch. May be shared by threads when the Avro reader may.
 */
public final class RequestDecoder {

  private static final int SHOWN = 1_000;
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final AvroRequestReader avro;
  private final TakenUrls urls;

  /** Reads the Avro form of a request. */
  @FunctionalInterface
  public interface AvroRequestReader {

    /**
     * Reads a value in the Confluent wire format.
     *
     * @throws RegistryUnavailable when the registry is away; this and whatever else is not the
     *     record's fault goes to the caller of the decoder
     * @throws SerializationException when the value is not a request
     */
    LlmRequest read(Headers headers, byte[] value);
  }

  /** Decodes with that reader of Avro values. */
  public RequestDecoder(AvroRequestReader avro) {
    this(avro, TakenUrls.OPENAI);
  }

  /** Decodes with that reader of Avro values; lines and Avro may have those urls. */
  public RequestDecoder(AvroRequestReader avro, TakenUrls urls) {
    this.avro = avro;
    this.urls = urls;
  }

  /**
   * Decodes a record's value.
   *
   * @param value of llm.requests; null and empty are undecodable
   * @param headers of the record; on a JSON record they hold what a line can't say
   */
  public RequestDecoding decode(byte @Nullable [] value, Headers headers) {
    if (value != null && value.length > 0 && value[0] == 0) {
      return decodeAvro(value, headers);
    }
    HeaderFields fields = HeaderFields.of(headers);
    JsonLine line = new JsonLine();
    try {
      byte[] present = present(value);
      line.read(present, startOfObject(present));
      return JsonLineDecoder.decode(line, fields, urls);
    } catch (RequestRefusal e) {
      return undecodable(e, line, fields, value);
    } catch (RuntimeException | StackOverflowError e) {
      return undecodable(RequestRefusal.of(e), line, fields, value);
    }
  }

  private static Undecodable undecodable(
      RequestRefusal why, JsonLine line, HeaderFields fields, byte @Nullable [] value) {
    String id = line.customId == null ? line.key : line.customId;
    if (id == null && value != null && line.customIdKind == null && line.keyKind == null) {
      id = LineOutline.of(ByteBuffer.wrap(value)).customId();
    }
    return new Undecodable(
        why.code(), why.text(), TextRules.clip(id), fields.tenant(), fields.labels());
  }

  private RequestDecoding decodeAvro(byte[] value, Headers headers) {
    LlmRequest request = null;
    try {
      request = readAvro(value, headers);
      return AvroDecoder.decode(request, value, headers, urls);
    } catch (RequestRefusal e) {
      return undecodable(e, request);
    } catch (RuntimeException | StackOverflowError e) {
      if (!RecordFault.isOnRecord(e)) {
        throw e;
      }
      return undecodable(RequestRefusal.of(e), request);
    }
  }

  private static Undecodable undecodable(RequestRefusal why, @Nullable LlmRequest request) {
    String tenant = request == null ? null : request.getTenant();
    return new Undecodable(
        why.code(),
        why.text(),
        request == null ? null : TextRules.clip(request.getCustomId()),
        tenant == null ? OffpeakHeaders.DEFAULT_TENANT : tenant,
        request == null ? Map.of() : request.getLabels());
  }

  private LlmRequest readAvro(byte[] value, Headers headers) throws RequestRefusal {
    try {
      return avro.read(headers, value);
    } catch (RegistryUnavailable e) {
      // The record may be good: it is kept and read again.
      throw e;
    } catch (SchemaUnavailable e) {
      throw new RequestRefusal(FailureCode.SCHEMA_UNAVAILABLE, Clip.text(text(e), SHOWN));
    } catch (SerializationException e) {
      throw RequestRefusal.malformed(
          "the value begins with a zero byte but is no request in Avro: "
              + Clip.text(text(e), SHOWN));
    }
  }

  private static String text(SerializationException e) {
    return String.valueOf(e.getMessage());
  }

  private static byte[] present(byte @Nullable [] value) throws RequestRefusal {
    if (value == null || value.length == 0) {
      throw RequestRefusal.malformed(
          "the record has no value; send a JSON line or an Avro request");
    }
    return value;
  }

  /** Finds the brace behind a byte order mark and white space, and checks the encoding. */
  private static int startOfObject(byte[] value) throws RequestRefusal {
    int at = 0;
    if (value.length >= BOM.length
        && value[0] == BOM[0]
        && value[1] == BOM[1]
        && value[2] == BOM[2]) {
      at = BOM.length;
    }
    while (at < value.length && isWhiteSpace(value[at])) {
      at++;
    }
    if (at == value.length) {
      throw RequestRefusal.malformed("the line is empty or only white space; leave it out");
    }
    if (value[at] != '{') {
      throw RequestRefusal.malformed(
          "the line "
              + beginning(value[at])
              + ", not a JSON object"
              + (value[at] < ' ' ? ", nor Avro in the Confluent wire format (first byte 0)" : ""));
    }
    int invalid = Utf8.firstInvalid(value, at, value.length);
    if (invalid >= 0) {
      throw notUtf8("the line", value[invalid], invalid);
    }
    return at;
  }

  private static String beginning(byte first) {
    return switch (first) {
      case '[' -> "is a list";
      case '"' -> "is a text in quotes";
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "is or begins with a number";
      default ->
          first > ' '
              ? "begins with '" + (char) first + "'"
              : "begins with byte 0x" + HexFormat.of().toHexDigits(first);
    };
  }

  static RequestRefusal notUtf8(String what, byte found, int at) {
    return RequestRefusal.malformed(
        what
            + " is not valid UTF-8 at byte "
            + at
            + " (0x"
            + HexFormat.of().toHexDigits(found)
            + "); write JSON in UTF-8");
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
