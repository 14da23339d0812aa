package dev.offpeak.schemas.request;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a value of llm.requests: a request, or the reason why it is none. */
public sealed interface RequestDecoding {

  /**
   * A request that is well formed. Whether its model and account exist is not decided here.
   *
   * @param shape of the line, or that its endpoint has
   * @param customId the caller's id, 1 to 512 bytes of UTF-8
   * @param endpoint one of {@link Endpoints}, or of those of a server that has its own
   * @param model as the request names it
   * @param bodyStart first byte of the JSON body within the record's value
   * @param bodyLength bytes of the JSON body; an object, valid, in UTF-8
   * @param inputs embedding inputs; 1 for anything else
   * @param tenant who pays
   * @param labels for the usage ledger
   * @param deadline after which the caller has no use of the answer, or null
   * @param account the account that is wished for, or null to route by model
   * @param replayId empty when there is none
   * @param edition of the provider's API that is asked for
   * @param sampling the name of a parameter of the body that not every edition takes, or null
   */
  record Decoded(
      LineShape shape,
      String customId,
      String endpoint,
      String model,
      int bodyStart,
      int bodyLength,
      int inputs,
      String tenant,
      Map<String, String> labels,
      @Nullable Instant deadline,
      @Nullable String account,
      String replayId,
      Edition edition,
      @Nullable String sampling)
      implements RequestDecoding {}

  /**
   * Not a request that could be executed, and why.
   *
   * @param code which rule it breaks
   * @param message the thing, its value, the rule and what to do
   * @param customId the caller's id when it could be read, cut to 512 bytes; else null
   * @param tenant who sent it, as far as it could be read
   * @param labels as far as they could be read
   */
  record Undecodable(
      FailureCode code,
      String message,
      @Nullable String customId,
      String tenant,
      Map<String, String> labels)
      implements RequestDecoding {}
}
