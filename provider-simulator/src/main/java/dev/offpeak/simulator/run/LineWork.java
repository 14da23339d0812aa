package dev.offpeak.simulator.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Asked;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import java.io.IOException;

/**
 * How a provider reads requests and writes result lines.
 *
 * @param <O> what a caller asks for, in the provider's words
 */
public interface LineWork<O> {
  /** The provider's name in the ledger. */
  String provider();

  /** Whether result lines come in another order than the requests. */
  boolean shuffled();

  /** Whether failed requests go to a file of their own. */
  boolean errorsApart();

  /** Whether requests that were not executed have a line in the results of a job that ended so. */
  boolean accountsForAll(JobState end);

  /** Starts on some requests of a job; what it returns may reuse buffers. */
  Reader begin(Job<O> job);

  /** Reads requests one by one. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads the request at the start of the buffer.
     *
     * @throws IOException when validation should have refused it
     */
    Request read(byte[] buffer, int length) throws IOException;
  }

  /**
   * What every provider's requests have.
   *
   * @param customId the caller's id, empty when there is none
   * @param model the model asked for, empty when there is none
   * @param bodyStart where in the buffer the body begins, which is what is hashed and searched for
   *     markers
   * @param bodyEnd where it ends
   */
  record Head(String customId, String model, int bodyStart, int bodyEnd) {}

  /** One request of a job. */
  interface Request {
    /** What every provider's requests have. */
    Head head();

    /** What the plan asks about it. */
    Asked asked();

    /**
     * Writes its result line.
     *
     * @param customId its own, or another one where a fault wants that
     * @param place its place in the order of execution
     */
    void write(JsonGenerator json, String customId, int place, Answer answer) throws IOException;

    /** Writes its line when it was not executed before the job ended. */
    void writeUnexecuted(JsonGenerator json, int place, JobState end) throws IOException;
  }
}
