package dev.offpeak.standalone.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.runtime.health.Waiting;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run tells a machine: one JSON object a line, told apart by its {@code event}. */
public final class Events implements ProgressView {

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final int PICO = 12;
  private static final double MILLIS = 1000.0;

  private final JsonFactory json = new JsonFactory();
  private final PrintStream out;
  private @Nullable Progress shown;
  private Instant shownAt = Instant.MIN;

  /** Writes the members of an event. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** Events on that stream. */
  public Events(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Progress progress, Instant now) {
    boolean due = progress.finished() || !shownAt.plus(BETWEEN).isAfter(now);
    if (!due || progress.equals(shown)) {
      return;
    }
    shown = progress;
    shownAt = now;
    write("progress", members -> progress(members, progress));
  }

  @Override
  public void done() {}

  private static void progress(JsonGenerator json, Progress progress) throws IOException {
    json.writeNumberField("read", progress.read());
    json.writeBooleanField("all_read", progress.allRead());
    json.writeNumberField("sealed", progress.sealed());
    json.writeNumberField("running", progress.running());
    json.writeNumberField("executed", progress.executed());
    json.writeNumberField("done", progress.done());
    json.writeNumberField("failed", progress.failed());
    json.writeNumberField("duplicates", progress.duplicates());
    Waiting first = progress.waits().isEmpty() ? null : progress.waits().getFirst();
    json.writeStringField("waits_for", first == null ? null : first.reason());
    json.writeStringField(
        "waits_until", first == null || first.until() == null ? null : first.until().toString());
    json.writeNumberField("waiting", progress.waits().size());
  }

  /** The run came to its end. */
  public void finished(Summary summary) {
    Progress last = summary.progress();
    write(
        "finished",
        members -> {
          members.writeNumberField("requests", last.read());
          members.writeNumberField("succeeded", last.done());
          members.writeNumberField("failed", last.failed());
          members.writeNumberField("duplicates", last.duplicates());
          members.writeNumberField("blank_lines", summary.blank());
          failures(members, summary.failures());
          members.writeNumberField(
              "batches", summary.batches().values().stream().mapToInt(Integer::intValue).sum());
          spend(members, summary.spend());
          members.writeNumberField("unreported", summary.unreported());
          left(members, summary.left());
          members.writeNumberField("seconds", summary.took().toMillis() / MILLIS);
        });
  }

  private static void failures(JsonGenerator json, Map<String, Failed> failures)
      throws IOException {
    json.writeObjectFieldStart("failures");
    for (Map.Entry<String, Failed> each : failures.entrySet()) {
      json.writeObjectFieldStart(each.getKey());
      json.writeNumberField("requests", each.getValue().requests());
      json.writeStringField("example", each.getValue().example());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void left(JsonGenerator json, List<LeftFile> left) throws IOException {
    json.writeArrayFieldStart("not_deleted");
    for (LeftFile each : left) {
      json.writeStartObject();
      json.writeStringField("file", each.file());
      json.writeStringField("reason", each.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void spend(JsonGenerator json, Spend spend) throws IOException {
    json.writeNumberField("input_tokens", spend.input());
    json.writeNumberField("output_tokens", spend.output());
    json.writeNumberField("cost_usd", usd(spend.picoUsd()));
    json.writeNumberField("sync_cost_usd", usd(spend.syncPicoUsd()));
    json.writeNumberField("saved_usd", usd(spend.syncPicoUsd() - spend.picoUsd()));
    json.writeNumberField("unpriced", spend.unpriced());
  }

  private static BigDecimal usd(long pico) {
    return pico == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(pico, PICO).stripTrailingZeros();
  }

  /** The run has ended early, and left these jobs at their providers. */
  public void left(String event, String message, List<String> jobs) {
    write(
        event,
        members -> {
          members.writeStringField("message", message);
          members.writeArrayFieldStart("jobs");
          for (String job : jobs) {
            members.writeString(job);
          }
          members.writeEndArray();
        });
  }

  /** Something to know, or to mend. */
  public void say(String event, String message) {
    write(event, members -> members.writeStringField("message", message));
  }

  private void write(String event, Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator object = json.createGenerator(line)) {
      object.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      object.writeStartObject();
      object.writeStringField("event", event);
      members.write(object);
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
    out.flush();
  }
}
