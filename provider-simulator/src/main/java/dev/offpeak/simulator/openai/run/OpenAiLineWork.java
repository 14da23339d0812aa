package dev.offpeak.simulator.openai.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.openai.answer.AnswerWriter;
import dev.offpeak.simulator.openai.answer.OpenAiAsked;
import dev.offpeak.simulator.openai.batch.BatchOrder;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.request.RequestScanner;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.wire.OpenAiFront;
import dev.offpeak.simulator.run.LineWork;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.Objects;

/** Lines of an OpenAI batch file and the lines of its output and error files. */
public final class OpenAiLineWork implements LineWork<BatchOrder> {
  private final OpenAiRules rules;
  private final SimClock clock;

  /** Answers carry the time of the clock. */
  public OpenAiLineWork(OpenAiRules rules, SimClock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public String provider() {
    return OpenAiFront.NAME;
  }

  @Override
  public boolean shuffled() {
    return rules.quirks().shuffledOutput();
  }

  @Override
  public boolean errorsApart() {
    return true;
  }

  @Override
  public boolean accountsForAll(JobState end) {
    return end != JobState.CANCELLED || rules.quirks().cancelledLinesInErrorFile();
  }

  @Override
  public Reader begin(Job<BatchOrder> job) {
    Endpoint endpoint = Endpoint.of(job.order().endpoint()).orElseThrow();
    AnswerWriter writer = new AnswerWriter();
    long idSeed = Mix.hash(job.id());
    return (buffer, length) -> {
      RequestFacts facts = RequestScanner.line(buffer, 0, length);
      return new Line(
          facts, new OpenAiAsked(facts, endpoint, rules.limits()), writer, idSeed, clock);
    };
  }

  private record Line(
      RequestFacts facts, OpenAiAsked asked, AnswerWriter writer, long idSeed, SimClock clock)
      implements Request {
    @Override
    public Head head() {
      return new Head(
          Objects.requireNonNullElse(facts.customId, ""),
          facts.modelOrEmpty(),
          facts.bodyStart,
          facts.bodyEnd);
    }

    @Override
    public void write(JsonGenerator json, String customId, int place, Answer answer)
        throws IOException {
      ResultLine.executed(
          json,
          ResultLine.id(idSeed, place),
          customId,
          answer,
          body -> writer.write(body, asked.endpoint(), facts, answer, clock.seconds()));
    }

    @Override
    public void writeUnexecuted(JsonGenerator json, int place, JobState end) throws IOException {
      boolean expired = end == JobState.EXPIRED;
      ResultLine.notExecuted(
          json,
          ResultLine.id(idSeed, place),
          facts.customId,
          expired ? "batch_expired" : "batch_cancelled",
          expired
              ? "This request could not be executed before the completion window expired."
              : "This request was not executed because the batch was cancelled.");
    }
  }
}
