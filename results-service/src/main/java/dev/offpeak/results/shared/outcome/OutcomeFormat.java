package dev.offpeak.results.shared.outcome;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.util.function.Function;

/**
 * How outcomes become the values of llm.results and llm.failures. Used from several threads.
 *
 * @param result writes an answer
 * @param failure writes a failure
 */
public record OutcomeFormat(
    Function<LlmResult, byte[]> result, Function<LlmFailure, byte[]> failure) {

  /** Avro in the Confluent wire format. */
  public static OutcomeFormat avro(SerdeFactory serdes, Topics topics) {
    var results = serdes.serializer(LlmResult.class);
    var failures = serdes.serializer(LlmFailure.class);
    String resultsTopic = topics.results().name();
    String failuresTopic = topics.failures().name();
    return new OutcomeFormat(
        result -> results.serialize(resultsTopic, result),
        failure -> failures.serialize(failuresTopic, failure));
  }

  /** A line of JSON in the shape of the provider's own output. */
  public static OutcomeFormat json() {
    JsonOutcomes json = new JsonOutcomes();
    return new OutcomeFormat(json::result, json::failure);
  }
}
