package dev.offpeak.simulator.anthropic.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.anthropic.answer.AnthropicAsked;
import dev.offpeak.simulator.anthropic.answer.AnthropicAsked.Terms;
import dev.offpeak.simulator.anthropic.answer.MessageWriter;
import dev.offpeak.simulator.anthropic.batch.BatchOrder;
import dev.offpeak.simulator.anthropic.request.MessageFacts;
import dev.offpeak.simulator.anthropic.request.MessageScanner;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.anthropic.wire.AnthropicFront;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.run.LineWork;
import dev.offpeak.simulator.store.Ids;
import java.io.IOException;

/** Requests of a message batch and the lines of its results. */
public final class AnthropicLineWork implements LineWork<BatchOrder> {
  private final AnthropicRules rules;

  /** Executes by the rules. */
  public AnthropicLineWork(AnthropicRules rules) {
    this.rules = rules;
  }

  @Override
  public String provider() {
    return AnthropicFront.NAME;
  }

  @Override
  public boolean shuffled() {
    return rules.quirks().shuffledResults();
  }

  @Override
  public boolean errorsApart() {
    return false;
  }

  @Override
  public boolean accountsForAll(JobState end) {
    return true;
  }

  @Override
  public Reader begin(Job<BatchOrder> job) {
    MessageWriter writer = new MessageWriter("batch");
    AnthropicLimits limits = rules.limits();
    long most = job.order().longOutput() ? limits.maxLongOutputTokens() : limits.maxOutputTokens();
    Terms terms = new Terms(most, job.order().refusesSampling(), false);
    return (buffer, length) -> {
      MessageFacts facts = MessageScanner.request(buffer, length);
      String requestId = Ids.derived("req_", job.id() + facts.customId);
      return new Line(facts, new AnthropicAsked(facts, limits, terms, requestId), writer);
    };
  }

  private record Line(MessageFacts facts, AnthropicAsked asked, MessageWriter writer)
      implements Request {
    @Override
    public Head head() {
      return new Head(facts.customId, facts.modelOrEmpty(), facts.paramsStart, facts.paramsEnd);
    }

    @Override
    public void write(JsonGenerator json, String customId, int place, Answer answer)
        throws IOException {
      Json.Writer error = answer.error();
      begin(json, customId, error == null ? "succeeded" : "errored");
      if (error == null) {
        json.writeFieldName("message");
        writer.write(json, facts, answer);
      } else {
        json.writeFieldName("error");
        error.write(json);
      }
      end(json);
    }

    @Override
    public void writeUnexecuted(JsonGenerator json, int place, JobState end) throws IOException {
      begin(json, facts.customId, end == JobState.EXPIRED ? "expired" : "canceled");
      end(json);
    }

    private static void begin(JsonGenerator json, String customId, String type) throws IOException {
      json.writeStartObject();
      json.writeStringField("custom_id", customId);
      json.writeObjectFieldStart("result");
      json.writeStringField("type", type);
    }

    private static void end(JsonGenerator json) throws IOException {
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
