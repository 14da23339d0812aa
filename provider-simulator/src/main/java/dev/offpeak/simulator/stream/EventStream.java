package dev.offpeak.simulator.stream;

import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.time.Sleeper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Sends events, each as soon as it is there. */
public final class EventStream {
  private EventStream() {}

  /**
   * An answer of events.
   *
   * @param course what the request asked of the stream
   * @param error what is sent where the course breaks it off
   */
  public static Reply of(List<Event> events, Course course, Event error) {
    return new Reply(
        200,
        "text/event-stream; charset=utf-8",
        Map.of("Cache-Control", "no-cache"),
        (Reply.Body.Streamed) out -> send(out, events, course, error));
  }

  private static void send(OutputStream out, List<Event> events, Course course, Event error)
      throws IOException {
    int sent = 0;
    for (Event event : events) {
      if (sent == course.breakAfter()) {
        out.write(error.bytes());
        out.flush();
        return;
      }
      if (sent++ > 0 && course.pauseMillis() > 0) {
        Sleeper.system().sleep(course.pauseMillis());
      }
      out.write(event.bytes());
      out.flush();
    }
  }
}
