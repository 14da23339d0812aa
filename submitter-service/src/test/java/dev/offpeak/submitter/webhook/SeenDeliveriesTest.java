package dev.offpeak.submitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenDeliveriesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final SeenDeliveries seen = new SeenDeliveries(Duration.ofSeconds(600), 3);

  @Test
  void anIdIsNewOnce() {
    assertThat(seen.add("a", NOW)).isTrue();
    assertThat(seen.add("a", NOW.plusSeconds(600))).isFalse();
    assertThat(seen.add("a", NOW.plusSeconds(601))).isTrue();
  }

  @Test
  void theOldestIsForgottenWhenThereAreTooMany() {
    seen.add("a", NOW);
    seen.add("b", NOW);
    seen.add("c", NOW);
    seen.add("d", NOW);

    assertThat(seen.add("d", NOW)).isFalse();
    assertThat(seen.add("a", NOW)).isTrue();
  }
}
