package dev.offpeak.simulator;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits for what a batch does by itself. */
final class Waiting {
  private Waiting() {}

  static Answer forAnswer(WireClient wire, String path, Predicate<JsonNode> wanted) {
    return await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> wire.get(path), answer -> answer.status() == 200 && wanted.test(answer.json()));
  }
}
