package dev.offpeak.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/**
 * Chat-completion lines of one size, the same ones in every run. Their texts are made of an
 * invented vocabulary in which few words are common, so that they compress about as well as prose.
 */
public final class Corpus {

  /** Every line is for this model, hence of one lane. */
  public static final String MODEL = "gpt-4o-mini";

  private static final String HEAD =
      "{\"custom_id\":\"r-%08d\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
          + "{\"model\":\""
          + MODEL
          + "\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"%08d ";
  private static final byte[] TAIL = "\"}]}}".getBytes(US_ASCII);
  private static final int DIGITS = 8;
  private static final int WORDS = 5000;

  /** So many that equal texts are further apart than a compressor looks back within one batch. */
  private static final int TEXTS = 512;

  private final int lines;
  private final byte[] head;
  private final int idAt;
  private final int numberAt;
  private final byte[][] texts = new byte[TEXTS][];

  /**
   * @param lines how many there are
   * @param lineBytes of each
   */
  public Corpus(int lines, int lineBytes) {
    this.lines = lines;
    this.head = HEAD.formatted(0, 0).getBytes(US_ASCII);
    this.idAt = HEAD.indexOf("%08d");
    this.numberAt = head.length - 1 - DIGITS;
    int room = lineBytes - head.length - TAIL.length;
    if (room < 0) {
      throw new IllegalArgumentException(
          "a line of %d bytes is too short; at least %d are needed"
              .formatted(lineBytes, head.length + TAIL.length));
    }
    Random random = new Random(42);
    String[] vocabulary = vocabulary(random);
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = text(random, vocabulary, room);
    }
  }

  private static String[] vocabulary(Random random) {
    String[] words = new String[WORDS];
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = 2 + random.nextInt(8); length > 0; length--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.toString();
    }
    return words;
  }

  private static byte[] text(Random random, String[] vocabulary, int length) {
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      // Zipf's law, near enough: the rank of a word is exponential in a uniform number.
      int rank = (int) Math.pow(WORDS, random.nextDouble()) - 1;
      text.append(vocabulary[rank]).append(' ');
    }
    text.setLength(length);
    return text.toString().getBytes(US_ASCII);
  }

  /** How many lines there are. */
  public int lines() {
    return lines;
  }

  /** The line with that number, without a line end. */
  public byte[] line(int number) {
    byte[] text = texts[number % TEXTS];
    byte[] line = new byte[head.length + text.length + TAIL.length];
    System.arraycopy(head, 0, line, 0, head.length);
    writeNumber(line, idAt, number);
    writeNumber(line, numberAt, number);
    System.arraycopy(text, 0, line, head.length, text.length);
    System.arraycopy(TAIL, 0, line, head.length + text.length, TAIL.length);
    return line;
  }

  private static void writeNumber(byte[] line, int at, int number) {
    int rest = number;
    for (int i = at + DIGITS - 1; i >= at; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
