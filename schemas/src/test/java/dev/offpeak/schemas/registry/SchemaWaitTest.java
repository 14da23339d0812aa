package dev.offpeak.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaWaitTest {

  private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";

  private static final String BROKEN = "{\"error_code\":50001,\"message\":\"broken\"}";

  private final RegistryServer server = new RegistryServer();
  private final AtomicLong nanos = new AtomicLong();
  private final RestRegistry registry =
      new RestRegistry(
          RegistrySettings.of(
              Map.of("schema.registry.url", server.url(), "schema.patience.ms", "60000")),
          nanos::get);

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  @Test
  void oneSchemaThatIsNotToldIsGivenUpAfterAWhile() {
    server.answer(200, GOOD);
    for (int status : new int[] {400, 500, 503}) {
      server.answer(status, BROKEN);
      assertThat(registry.byId(1)).isEqualTo(Schema.create(Schema.Type.STRING));
      nanos.addAndGet(Duration.ofHours(1).toNanos());
      assertThatThrownBy(() -> registry.byId(2)).isInstanceOf(RegistryUnavailable.class);

      nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      server.answer(200, GOOD);

      assertThatThrownBy(() -> registry.byId(2))
          .isInstanceOf(SchemaUnavailable.class)
          .hasMessageContaining("give the schema with id 2")
          .hasMessageContaining("broken");
    }
  }

  @Test
  void aRegistryThatAnswersNothingElseIsWaitedFor() {
    server.answer(200, GOOD).answer(500, BROKEN);
    registry.byId(1);
    for (int minutes = 0; minutes < 10; minutes++) {
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThatThrownBy(() -> registry.byId(2)).isInstanceOf(RegistryUnavailable.class);
    }
  }

  @Test
  void aRegistryThatIsAwayIsWaitedFor() {
    server.close();
    for (int minutes = 0; minutes < 10; minutes++) {
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThatThrownBy(() -> registry.byId(2)).isInstanceOf(RegistryUnavailable.class);
    }
  }
}
