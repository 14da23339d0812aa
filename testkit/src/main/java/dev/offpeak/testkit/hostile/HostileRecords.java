package dev.offpeak.testkit.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes broken records of every {@link HostileKind}, one kind after the other, as many as one likes
 * and the same ones for the same numbers.
 */
public final class HostileRecords {

  /** First bytes that lead elsewhere: JSON, white space, Avro, a byte order mark. */
  private static final String OTHER_KINDS = "{\t\r\n \0\u00ef";

  private static final int SCHEMA_HEADER = 5;
  private static final byte[] LARGEST_LENGTH = {
    (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F
  };

  private final byte[] avro;
  private final String model;
  private final int limit;

  /**
   * Records for an installation.
   *
   * @param avro a good request in Avro, in the wire format
   * @param model that an account of OpenAI takes
   * @param limit bytes of a record that is just too large
   */
  public HostileRecords(byte[] avro, String model, int limit) {
    this.avro = avro.clone();
    this.model = model;
    this.limit = limit;
  }

  /** The record of that number. */
  public HostileRecord get(long number) {
    HostileKind[] kinds = HostileKind.values();
    HostileKind kind = kinds[(int) (number % kinds.length)];
    boolean large = kind == HostileKind.OVER_THE_LIMIT || kind == HostileKind.ID_OF_HALF_A_MEGABYTE;
    if (large && number > 10L * kinds.length) {
      // Enough of those: they are large.
      kind = HostileKind.RANDOM_BYTES;
    }
    Random random = new Random(number);
    RecordHeaders headers = new RecordHeaders();
    byte[] key = number % 7 == 0 ? null : ("key-" + number).getBytes(UTF_8);
    byte[] value = value(kind, number, random, headers);
    if (kind == HostileKind.LONG_KEY) {
      key = new byte[20_000];
    }
    return new HostileRecord(kind, key, value, headers);
  }

  private byte @Nullable [] value(
      HostileKind kind, long number, Random random, RecordHeaders headers) {
    String good = line("id-" + number, body(""));
    return switch (kind) {
      case TOMBSTONE -> null;
      case EMPTY -> new byte[0];
      case WHITE_SPACE -> " \t\r\n".repeat(random.nextInt(20)).concat(" ").getBytes(UTF_8);
      case RANDOM_BYTES, MAGIC_BYTE, ZERO_BYTE, ZEROS -> bytes(kind, number, random);
      case AVRO_HEADER_ONLY,
          AVRO_UNKNOWN_SCHEMA,
          AVRO_NEGATIVE_SCHEMA,
          AVRO_RANDOM,
          AVRO_TRUNCATED,
          AVRO_TRAILING,
          AVRO_FLIPPED_LENGTH,
          AVRO_HUGE_LENGTH ->
          avro(kind, random);
      case BRACE_AND_ZEROS -> Arrays.copyOf("{".getBytes(UTF_8), 1 + 1 + random.nextInt(40));
      case UTF_16_LE -> good.getBytes(Charset.forName("UTF-16LE"));
      case UTF_16_BE -> good.getBytes(Charset.forName("UTF-16BE"));
      case UTF_16_BOM -> good.getBytes(Charset.forName("UTF-16"));
      case UTF_32_LE -> good.getBytes(Charset.forName("UTF-32LE"));
      case UTF_32_BE -> good.getBytes(Charset.forName("UTF-32BE"));
      case LATIN_1 -> line("\u00e9-" + number, body("")).getBytes(ISO_8859_1);
      case OVERLONG_UTF_8 -> within(good, 0xC0, 0xAF);
      case SURROGATE_UTF_8 -> within(good, 0xED, 0xA0, 0x80);
      case BEYOND_UNICODE -> within(good, 0xF4, 0x90, 0x80, 0x80);
      case CONTROL_CHARACTERS -> within(good, random.nextInt(32));
      case HEADER_NOT_UTF_8,
          HEADER_STORM,
          LABEL_TOO_LONG,
          TENANT_TOO_LONG,
          DEADLINE_ODD,
          DEADLINE_BEYOND_TIME,
          DEADLINE_PASSED,
          UNKNOWN_ACCOUNT,
          ANOTHERS_VERSION,
          BETA_STORM -> {
        addHeaders(kind, random, headers);
        yield kind == HostileKind.HEADER_STORM
            ? null
            : (isEdition(kind) ? anthropic(number) : good).getBytes(UTF_8);
      }
      case OVER_THE_LIMIT -> {
        String filled = line("id-" + number, body(",\"x\":\"" + "x".repeat(limit) + "\""));
        yield filled.getBytes(UTF_8);
      }
      default -> text(kind, number, good).getBytes(UTF_8);
    };
  }

  private static byte[] bytes(HostileKind kind, long number, Random random) {
    byte[] value = new byte[kind == HostileKind.ZERO_BYTE ? 1 : 1 + random.nextInt(300)];
    if (kind == HostileKind.RANDOM_BYTES || kind == HostileKind.MAGIC_BYTE) {
      random.nextBytes(value);
      byte magic = (byte) (kind == HostileKind.MAGIC_BYTE ? number : random.nextInt());
      // Others have kinds of their own.
      value[0] = OTHER_KINDS.indexOf(magic & 0xFF) >= 0 ? (byte) 0xFF : magic;
    }
    return value;
  }

  private byte[] avro(HostileKind kind, Random random) {
    byte[] random40 = new byte[1 + random.nextInt(40)];
    random.nextBytes(random40);
    byte[] header = Arrays.copyOf(avro, SCHEMA_HEADER);
    return switch (kind) {
      case AVRO_HEADER_ONLY -> header;
      case AVRO_UNKNOWN_SCHEMA -> schema(1_000_000 + random.nextInt(1_000));
      case AVRO_NEGATIVE_SCHEMA -> schema(-1 - random.nextInt(1_000));
      case AVRO_RANDOM -> joined(header, random40);
      case AVRO_TRUNCATED ->
          Arrays.copyOf(avro, SCHEMA_HEADER + random.nextInt(avro.length - SCHEMA_HEADER));
      case AVRO_TRAILING -> joined(avro, random40);
      case AVRO_FLIPPED_LENGTH -> {
        byte[] value = avro.clone();
        value[SCHEMA_HEADER] ^= (byte) 0x81;
        yield value;
      }
      default -> joined(header, LARGEST_LENGTH);
    };
  }

  private byte[] schema(int id) {
    byte[] value = avro.clone();
    ByteBuffer.wrap(value).putInt(1, id);
    return value;
  }

  private static void addHeaders(HostileKind kind, Random random, RecordHeaders headers) {
    switch (kind) {
      case HEADER_NOT_UTF_8 -> headers.add("offpeak-tenant", new byte[] {(byte) 0xC3, 0x28});
      case LABEL_TOO_LONG -> headers.add("offpeak-label-team", new byte[257]);
      case TENANT_TOO_LONG -> headers.add("offpeak-tenant", "t".repeat(9_000).getBytes(UTF_8));
      case DEADLINE_ODD -> headers.add("offpeak-deadline", "tomorrow".getBytes(UTF_8));
      case DEADLINE_BEYOND_TIME ->
          headers.add("offpeak-deadline", "+999999999-12-31T23:59:59Z".getBytes(UTF_8));
      case DEADLINE_PASSED -> headers.add("offpeak-deadline", "1000".getBytes(UTF_8));
      case UNKNOWN_ACCOUNT -> headers.add("offpeak-account", "nobody|".getBytes(UTF_8));
      case ANOTHERS_VERSION -> headers.add("Anthropic-Version", "v1|main".getBytes(UTF_8));
      case BETA_STORM -> {
        for (int i = 0; i < 100; i++) {
          headers.add("anthropic-beta", ("beta-" + i).getBytes(UTF_8));
        }
      }
      default -> {
        for (int i = 0; i < 500; i++) {
          byte[] value = new byte[random.nextInt(30)];
          random.nextBytes(value);
          headers.add((i % 2 == 0 ? "offpeak-label-" : "x-") + i, i % 9 == 0 ? null : value);
        }
      }
    }
  }

  private String text(HostileKind kind, long number, String good) {
    String id = "id-" + number;
    return switch (kind) {
      case LONE_SURROGATE -> line("\\ud800" + number, body(""));
      case DEEP_ARRAYS -> line(id, body(",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000)));
      case DEEP_OBJECTS -> "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
      case HUGE_NUMBER -> good.replace("\"" + id + "\"", "9".repeat(5_000));
      case NOT_A_NUMBER -> line(id, body(",\"x\":NaN"));
      case DUPLICATE_KEYS -> good.replace("{\"custom_id\"", "{\"custom_id\":\"a\",\"custom_id\"");
      case DUPLICATE_MODELS -> line(id, body(",\"model\":\"other\""));
      case TRUNCATED_JSON -> good.substring(0, good.length() - 1 - (int) (number % 40));
      case TWO_VALUES -> good + good;
      case TRAILING_COMMA -> line(id, body(","));
      case COMMENT -> line(id, body("/* here */"));
      case SINGLE_QUOTES -> good.replace('"', '\'');
      case JSON_ARRAY -> "[" + good + "]";
      case BODY_IS_A_LIST -> line(id, "[]");
      case ID_MISSING -> good.replace("\"custom_id\"", "\"customid\"");
      case ID_EMPTY -> line("", body(""));
      case ID_TOO_LONG -> line("i".repeat(513), body(""));
      case ID_IS_A_NUMBER -> good.replace("\"" + id + "\"", "17");
      case NO_MODEL -> line(id, "{\"messages\":[]}");
      case MODEL_TOO_LONG -> line(id, "{\"model\":\"" + "m".repeat(257) + "\"}");
      case UNKNOWN_URL -> good.replace("/v1/chat/completions", "/v1/chat/completion");
      case WRONG_METHOD -> good.replace("POST", "GET");
      case STREAMED -> line(id, body(",\"stream\":true"));
      case ESCAPED_DUPLICATE_KEY ->
          good.replace("{\"custom_id\"", "{\"custom_id\":\"a\",\"custom\\u005fid\"");
      case BODY_ESCAPED_THRICE -> line(id, "\"\\\"{\\\\\\\"model\\\\\\\":1}\\\"\"");
      case TWO_BYTE_ORDER_MARKS -> "\uFEFF\uFEFF" + good;
      case NO_BREAK_SPACE -> "\u00a0" + good;
      case FORM_FEED_AT_END -> good + "\f";
      case NUL_AT_END -> good + "\0\0";
      case PLUS_NUMBER -> line(id, body(",\"x\":+1"));
      case HEX_NUMBER -> line(id, body(",\"x\":0x10"));
      case INFINITE_NUMBER -> line(id, body(",\"x\":-Infinity"));
      case UNKNOWN_ESCAPE -> line(id, body(",\"x\":\"\\q\""));
      case CUT_ESCAPE -> line(id, body(",\"x\":\"\\u12\""));
      case ID_OF_HALF_A_MEGABYTE -> line("\uD83D\uDE00".repeat(130_000), body(""));
      case MODEL_IS_A_LIST -> line(id, "{\"model\":[\"" + model + "\"]}");
      case MODEL_WITH_ESCAPE_CHARACTER -> line(id, "{\"model\":\"" + model + "\\u001b[31m\"}");
      case SHAPES_MIXED -> good.replace("{\"custom_id\"", "{\"params\":{},\"custom_id\"");
      default -> "not a request " + number;
    };
  }

  private static boolean isEdition(HostileKind kind) {
    return kind == HostileKind.ANOTHERS_VERSION || kind == HostileKind.BETA_STORM;
  }

  private static String anthropic(long number) {
    return "{\"custom_id\":\"id-" + number + "\",\"params\":{\"model\":\"claude-haiku-4-5\"}}";
  }

  private String body(String more) {
    return "{\"model\":\"" + model + "\"" + more + "}";
  }

  private static String line(String id, String body) {
    return "{\"custom_id\":\""
        + id
        + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
        + body
        + "}";
  }

  /** The line with these bytes in its custom id. */
  private static byte[] within(String line, int... inserted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = line.indexOf("id-");
    out.writeBytes(line.substring(0, at).getBytes(UTF_8));
    for (int b : inserted) {
      out.write(b);
    }
    out.writeBytes(line.substring(at).getBytes(UTF_8));
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
