package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may send, and for whom. */
@WithKafka
class IngestAuthIT {

  private static final String ACME = "acme-key-0123456789";
  private static final String BROKER = "broker-key-0123456789";

  private TestKafka kafka;
  private String topic;
  private Ingest ingest;

  @BeforeEach
  void start(TestKafka kafka) {
    this.kafka = kafka;
    topic = kafka.createTopic("llm.requests", 1);
    ingest =
        Ingest.start(
            kafka,
            """
            auth:
              keys:
                acme: {key: "env:ACME_KEY", tenant: acme}
                broker: {key: "env:BROKER_KEY", tenant: resale, may-choose-tenant: true}
            """,
            Map.of("ACME_KEY", ACME, "BROKER_KEY", BROKER));
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  @Test
  void withoutAKeyOrWithAWrongOneNothingIsTaken() {
    var none = ingest.post(Lines.chat("a"));
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.code()).isEqualTo("missing_api_key");
    assertThat(none.json().at("/error/type").asText()).isEqualTo("authentication_error");

    var wrong = ingest.post(Lines.chat("a"), Map.of("authorization", "Bearer " + ACME + "x"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo("invalid_api_key");
    assertThat(wrong.json().toString()).doesNotContain(ACME);

    assertThat(kafka.read(topic)).isEmpty();
  }

  @Test
  void aRefusedCallerThatSendsALotSeesTheAnswer() {
    var refused = ingest.post(Lines.chats(200_000));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("missing_api_key");
  }

  @Test
  void aKeySendsForItsOwnTenantOnly() {
    var own = ingest.post(Lines.chat("a"), Map.of("authorization", "Bearer " + ACME));
    assertThat(own.status()).isEqualTo(202);
    var named = ingest.post(Lines.chat("b"), Map.of("x-api-key", ACME, "x-offpeak-tenant", "acme"));
    assertThat(named.status()).isEqualTo(202);
    assertThat(kafka.read(topic))
        .hasSize(2)
        .allSatisfy(
            r -> assertThat(tenant(r.headers().lastHeader("offpeak-tenant"))).isEqualTo("acme"));

    var other =
        ingest.post(
            Lines.chat("c"),
            Map.of("authorization", "Bearer " + ACME, "x-offpeak-tenant", "other"));
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.code()).isEqualTo("tenant_not_allowed");
    assertThat(other.json().at("/error/param").asText()).isEqualTo("x-offpeak-tenant");
    assertThat(kafka.read(topic)).hasSize(2);
  }

  @Test
  void aKeyThatMayChoosesTheTenant() {
    ingest.post(Lines.chat("a"), Map.of("authorization", "bearer " + BROKER));
    ingest.post(
        Lines.chat("b"), Map.of("authorization", "Bearer " + BROKER, "x-offpeak-tenant", "other"));

    assertThat(kafka.read(topic))
        .extracting(r -> tenant(r.headers().lastHeader("offpeak-tenant")))
        .containsExactly("resale", "other");
  }

  private static @Nullable String tenant(@Nullable Header header) {
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
