package dev.offpeak.provider.foreign;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Whole numbers that somebody else wrote, with an upper bound. Whatever stands there, what comes
 * out can be counted with or is {@link #IMPLAUSIBLE}; nothing is thrown for it, and a number of
 * thousands of digits is not even read.
 */
public final class ForeignNumbers {

  /** There is something, and it is no whole number from 0 to the bound. */
  public static final long IMPLAUSIBLE = -1;

  /** As many digits always fit into a long. */
  private static final int MOST_DIGITS = 18;

  /** Room for whole numbers that are written as {@code 1.2E3}. */
  private static final int LONGEST_FLOAT = 32;

  private ForeignNumbers() {}

  /**
   * The value that is the current token, passed over to its end: 0 for null. Numbers may stand in
   * strings, as Google's do.
   */
  public static long read(JsonParser in, long most) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_NULL -> 0;
      case VALUE_NUMBER_INT ->
          in.getTextLength() > MOST_DIGITS ? IMPLAUSIBLE : within(in.getLongValue(), most);
      case VALUE_NUMBER_FLOAT ->
          in.getTextLength() > LONGEST_FLOAT ? IMPLAUSIBLE : whole(in.getDoubleValue(), most);
      case VALUE_STRING -> digits(in.getText(), most);
      default -> {
        in.skipChildren();
        yield IMPLAUSIBLE;
      }
    };
  }

  /** The number in that node: 0 where there is none. */
  public static long read(JsonNode node, long most) {
    if (node.isMissingNode() || node.isNull()) {
      return 0;
    }
    if (node.isTextual()) {
      return digits(node.textValue(), most);
    }
    if (node.isIntegralNumber()) {
      return node.canConvertToLong() ? within(node.longValue(), most) : IMPLAUSIBLE;
    }
    return node.isNumber() ? whole(node.doubleValue(), most) : IMPLAUSIBLE;
  }

  /** A count of things of which there are never more than an int can count; 0 for nonsense. */
  public static int count(JsonNode node) {
    return (int) Math.max(0, read(node, Integer.MAX_VALUE));
  }

  /** An HTTP status or another code; 0 for nonsense. */
  public static int code(JsonParser in) throws IOException {
    return (int) Math.max(0, read(in, Integer.MAX_VALUE));
  }

  private static long digits(String text, long most) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? within(Long.parseLong(text), most) : IMPLAUSIBLE;
  }

  private static long whole(double value, long most) {
    return value >= 0 && value <= most && value == Math.rint(value) ? (long) value : IMPLAUSIBLE;
  }

  private static long within(long value, long most) {
    return value >= 0 && value <= most ? value : IMPLAUSIBLE;
  }

  /** Whether the current token says nothing at all. */
  public static boolean isNothing(JsonParser in) {
    return in.currentToken() == JsonToken.VALUE_NULL;
  }
}
