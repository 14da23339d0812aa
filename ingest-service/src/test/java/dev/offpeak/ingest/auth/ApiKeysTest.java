package dev.offpeak.ingest.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.GatewayKey;
import dev.offpeak.schemas.avro.KeyPolicy;
import dev.offpeak.schemas.avro.KeyRule;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys of the configuration and of llm.keys. */
class ApiKeysTest {

  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final KeyBook book = new KeyBook(CLOCK, true);

  @Test
  void aRevokedOrExpiredKeyIsAsUnknownAsOneThatNeverWas() throws Exception {
    ApiKeys keys = ApiKeys.of(Map.of(), book, false, CLOCK);
    assertThat(keys.find("anything")).isEqualTo(Caller.LOCAL);

    book.put("good", key("good", "secret-1", NOW.plusSeconds(1), null));
    book.put("old", key("old", "secret-2", NOW, null));
    book.put("gone", key("gone", "secret-3", null, NOW));

    assertThat(keys.isEmpty()).isFalse();
    assertThat(keys.find("secret-1")).extracting(Caller::name).isEqualTo("good");
    assertThat(keys.find("secret-2")).isNull();
    assertThat(keys.find("secret-3")).isNull();
    assertThat(keys.find("anything")).isNull();
    assertThat(keys.find(null)).isNull();
  }

  @Test
  void configuredKeysKeepWorkingBesideThoseOfTheTopicAndExpireToo() throws Exception {
    Caller nightly = new Caller("nightly", "acme", false);
    ApiKeys keys =
        ApiKeys.of(
            Map.of(
                "configured", new ApiKeys.Configured(nightly, null),
                "over", new ApiKeys.Configured(nightly, NOW)),
            book,
            false,
            CLOCK);
    book.put("other", key("other", "secret", null, null));
    assertThat(keys.find("configured")).isEqualTo(nightly);
    assertThat(keys.find("over")).isNull();
    assertThat(keys.find("secret")).extracting(Caller::name).isEqualTo("other");
    book.put("other", key("other", "another", null, null));
    assertThat(keys.find("secret")).as("it has another value now").isNull();
    book.put("other", null);
    assertThat(keys.find("another")).isNull();
  }

  @Test
  void whereOneIsRequiredNobodyIsLetInWithout() {
    assertThat(ApiKeys.of(Map.of(), book, true, CLOCK).find("anything")).isNull();
  }

  @Test
  void theFirstRuleThatIsMetDecidesUnderAuto() throws Exception {
    GatewayKey made =
        builder("k", "s")
            .setRules(
                List.of(
                    new KeyRule(null, null, null, "chat", false),
                    new KeyRule("/v1/embeddings", "text-*", null, null, true)))
            .setModels(List.of("text-*", "!text-old"))
            .build();
    book.put("k", made);
    KeyTerms terms = ApiKeys.of(Map.of(), book, false, CLOCK).find("s").terms();
    Spender any = new Spender("acme", "k", null, null);
    Spender chat = new Spender("acme", "k", null, "chat");

    assertThat(terms.defers("/v1/embeddings", "text-3", any)).isTrue();
    assertThat(terms.defers("/v1/embeddings", "text-3", chat)).isFalse();
    assertThat(terms.defers("/v1/embeddings", "other", any)).isFalse();
    assertThat(terms.defers("/v1/responses", "text-3", any)).isFalse();
    assertThat(terms.allows("text-3")).isTrue();
    assertThat(terms.allows("text-old")).isFalse();
    assertThat(terms.allows("other")).isFalse();
  }

  private static GatewayKey key(
      String name, String secret, @Nullable Instant expires, @Nullable Instant revoked)
      throws Exception {
    return builder(name, secret).setExpiresAt(expires).setRevokedAt(revoked).build();
  }

  /** Defaults of nested records would be loaded by name, which somebody would have to allow. */
  private static GatewayKey.Builder builder(String name, String secret) throws Exception {
    return GatewayKey.newBuilder()
        .setName(name)
        .setDigest(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8))))
        .setTenant("acme")
        .setPolicy(KeyPolicy.AUTO)
        .setRules(List.of())
        .setModels(List.of())
        .setCreatedAt(NOW.minusSeconds(60));
  }
}
