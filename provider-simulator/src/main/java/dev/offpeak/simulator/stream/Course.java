package dev.offpeak.simulator.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks of the stream that answers it, with {@code [sim:…]} in its body.
 *
 * @param pauseMillis {@code [sim:pause=50]}: waits that long between events
 * @param breakAfter {@code [sim:break=3]}: after that many events comes an error, and no more; -1
 *     when all is to go well
 */
public record Course(int pauseMillis, int breakAfter) {
  private static final Pattern MARKER = Pattern.compile("\\[sim:(pause|break)=(\\d{1,6})]");

  /** What a body asks for. */
  public static Course of(byte[] body) {
    Course course = new Course(0, -1);
    Matcher matcher = MARKER.matcher(new String(body, ISO_8859_1));
    while (matcher.find()) {
      int number = Integer.parseInt(matcher.group(2));
      course =
          matcher.group(1).equals("pause")
              ? new Course(number, course.breakAfter)
              : new Course(course.pauseMillis, number);
    }
    return course;
  }
}
