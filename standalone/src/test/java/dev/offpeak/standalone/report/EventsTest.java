package dev.offpeak.standalone.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.health.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Events events = new Events(new PrintStream(said, true, UTF_8));

  @Test
  void eachEventIsOneLineOfJson() {
    Progress progress = new Progress(3, true, 0, 0, 0, 2, 1, 0, List.of());
    events.show(
        progress.waitingFor(
            List.of(new Waiting("b", "a\n\"key\"", Instant.EPOCH, Instant.EPOCH.plusSeconds(9)))),
        Instant.EPOCH);
    events.finished(
        new Summary(
            progress,
            Map.of("openai", 1),
            Map.of("m", new Spend(1, 2, 31_400_000, 62_800_000, 0)),
            Map.of(),
            Map.of("unknown_model", new Failed(1, "a.jsonl:7: no")),
            1,
            4,
            List.of(new LeftFile("file-1", "http_403: no")),
            Duration.ofMillis(1_500)));
    events.left("waited_in_vain", "nothing moves", List.of("batch_1  3 requests, validating"));

    assertThat(said.toString(UTF_8).lines())
        .containsExactly(
            "{\"event\":\"progress\",\"read\":3,\"all_read\":true,\"sealed\":0,\"running\":0,"
                + "\"executed\":0,\"done\":2,\"failed\":1,\"duplicates\":0,"
                + "\"waits_for\":\"a\\n\\\"key\\\"\","
                + "\"waits_until\":\"1970-01-01T00:00:09Z\",\"waiting\":1}",
            "{\"event\":\"finished\",\"requests\":3,\"succeeded\":2,\"failed\":1,\"duplicates\":0,"
                + "\"blank_lines\":4,\"failures\":{\"unknown_model\":{\"requests\":1,\"example\":\"a.jsonl:7:"
                + " no\"}},\"batches\":1,\"input_tokens\":1,"
                + "\"output_tokens\":2,\"cost_usd\":0.0000314,\"sync_cost_usd\":0.0000628,"
                + "\"saved_usd\":0.0000314,\"unpriced\":0,\"unreported\":1,\"not_deleted\":[{\"file\":\"file-1\",\"reason\":\"http_403:"
                + " no\"}],\"seconds\":1.5}",
            "{\"event\":\"waited_in_vain\",\"message\":\"nothing moves\","
                + "\"jobs\":[\"batch_1  3 requests, validating\"]}");
  }

  @Test
  void progressIsToldOnceASecondAndAtTheEnd() {
    for (int i = 0; i < 30; i++) {
      events.show(
          new Progress(30, true, 0, 0, 0, i, 0, 0, List.of()), Instant.ofEpochMilli(i * 100));
    }
    events.show(new Progress(30, true, 0, 0, 0, 30, 0, 0, List.of()), Instant.ofEpochMilli(2_901));

    assertThat(said.toString(UTF_8).lines()).hasSize(4);
  }
}
