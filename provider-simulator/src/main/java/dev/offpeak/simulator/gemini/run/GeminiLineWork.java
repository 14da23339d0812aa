package dev.offpeak.simulator.gemini.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.gemini.answer.ContentWriter;
import dev.offpeak.simulator.gemini.answer.GeminiAsked;
import dev.offpeak.simulator.gemini.batch.BatchOrder;
import dev.offpeak.simulator.gemini.request.GeminiFacts;
import dev.offpeak.simulator.gemini.request.GeminiScanner;
import dev.offpeak.simulator.gemini.rules.GeminiQuirks;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.GeminiFront;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.run.LineWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Requests of a Gemini batch and the lines of its results. */
public final class GeminiLineWork implements LineWork<BatchOrder> {
  private final GeminiRules rules;

  /** Executes by the rules. */
  public GeminiLineWork(GeminiRules rules) {
    this.rules = rules;
  }

  @Override
  public String provider() {
    return GeminiFront.NAME;
  }

  @Override
  public boolean shuffled() {
    return rules.quirks().shuffledOutput();
  }

  @Override
  public boolean errorsApart() {
    return false;
  }

  @Override
  public boolean accountsForAll(JobState end) {
    return false;
  }

  @Override
  public Reader begin(Job<BatchOrder> job) {
    BatchOrder order = job.order();
    GeminiQuirks quirks = rules.quirks();
    ContentWriter writer = new ContentWriter(order.model(), quirks.embeddingUsageField());
    return (buffer, length) -> {
      GeminiFacts facts = GeminiScanner.line(buffer, 0, length);
      GeminiAsked asked =
          new GeminiAsked(facts, order.kind(), order.model(), rules.limits(), false);
      return new Line(buffer, asked, writer, quirks, order.inline());
    };
  }

  private record Line(
      byte[] buffer, GeminiAsked asked, ContentWriter writer, GeminiQuirks quirks, boolean inline)
      implements Request {
    @Override
    public Head head() {
      GeminiFacts facts = asked.facts();
      return new Head(facts.key, asked.model(), facts.requestStart, facts.requestEnd);
    }

    @Override
    public void write(JsonGenerator json, String customId, int place, Answer answer)
        throws IOException {
      boolean keyFirst = !quirks.keyAnywhere() || (answer.seed() & 1) == 0;
      json.writeStartObject();
      if (keyFirst) {
        writeKey(json, customId);
      }
      Json.Writer error = answer.error();
      if (error == null) {
        json.writeFieldName("response");
        writer.write(json, asked.kind(), asked.facts(), answer);
      } else {
        json.writeFieldName(quirks.lineErrorField());
        error.write(json);
      }
      if (!keyFirst) {
        writeKey(json, customId);
      }
      json.writeEndObject();
    }

    /**
     * The key stands in the line of a file, or in the metadata that an inline request came with.
     */
    private void writeKey(JsonGenerator json, String customId) throws IOException {
      GeminiFacts facts = asked.facts();
      boolean own = customId.equals(facts.key);
      if (!inline) {
        if (!customId.isEmpty()) {
          json.writeStringField("key", customId);
        }
      } else if (own && facts.metadataStart >= 0) {
        json.writeFieldName("metadata");
        int length = facts.metadataEnd - facts.metadataStart;
        json.writeRawValue(new String(buffer, facts.metadataStart, length, StandardCharsets.UTF_8));
      } else if (!own) {
        json.writeObjectFieldStart("metadata");
        json.writeStringField("key", customId);
        json.writeEndObject();
      }
    }

    @Override
    public void writeUnexecuted(JsonGenerator json, int place, JobState end) {
      throw new IllegalStateException("Gemini's results hold executed requests only");
    }
  }
}
