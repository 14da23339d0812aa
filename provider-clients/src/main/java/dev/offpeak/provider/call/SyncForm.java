package dev.offpeak.provider.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.provider.line.LineParser;

/**
 * How one provider's synchronous answers are read: as the lines that a batch's results would hold,
 * so that both mean the same.
 *
 * @param frame puts an answer into such a line
 * @param lines reads such lines
 * @param requestIdHeader names the header with the provider's id of the call
 * @param turnedDown the 5xx status that says that the call was not executed; 0 for none
 */
public record SyncForm(Frame frame, LineParser lines, String requestIdHeader, int turnedDown) {

  /** Stands where a line of a batch has the custom id. */
  public static final String ID = "sync";

  /** Makes a line of an answer. */
  @FunctionalInterface
  public interface Frame {

    /**
     * The line.
     *
     * @param status 2xx for an answer, anything else for an error
     * @param body JSON, without white space outside strings
     */
    byte[] line(int status, byte[] body);
  }

  /** The body between two pieces of a line. */
  public static byte[] around(String before, byte[] body, String after) {
    byte[] head = before.getBytes(UTF_8);
    byte[] tail = after.getBytes(UTF_8);
    byte[] line = new byte[head.length + body.length + tail.length];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(body, 0, line, head.length, body.length);
    System.arraycopy(tail, 0, line, head.length + body.length, tail.length);
    return line;
  }
}
