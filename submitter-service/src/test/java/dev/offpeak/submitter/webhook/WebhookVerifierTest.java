package dev.offpeak.submitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.runtime.config.Secret;
import dev.offpeak.submitter.webhook.DeliveryVerdict.Genuine;
import dev.offpeak.submitter.webhook.DeliveryVerdict.Refused;
import dev.offpeak.submitter.webhook.DeliveryVerdict.Repeated;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration TOLERANCE = Duration.ofSeconds(300);
  private static final byte[] KEY = "a key of twenty-four byt".getBytes(UTF_8);
  private static final byte[] OLD_KEY = "the key before, of old..".getBytes(UTF_8);
  private static final String BODY = "{\"type\":\"batch.completed\",\"data\":{\"id\":\"batch_é\"}}";

  private final MutableClock clock = new MutableClock(NOW);
  private final WebhookVerifier verifier = verifier(whsec(KEY), whsec(OLD_KEY));

  @Test
  void thePublishedExampleOfTheSpecificationIsGenuine() {
    var example =
        new WebhookVerifier(
            List.of(new Secret("test", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            TOLERANCE,
            new MutableClock(Instant.ofEpochSecond(1_614_265_330L)));

    assertThat(
            example.check(
                new WebhookDelivery(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    "1614265330",
                    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                    "{\"test\": 2432232314}".getBytes(UTF_8))))
        .isEqualTo(new Genuine());
  }

  @Test
  void eachOfTheSecretsMaySign() {
    assertThat(verifier.check(SignedWebhook.delivery(KEY, "1", NOW, BODY)))
        .isEqualTo(new Genuine());
    assertThat(verifier.check(SignedWebhook.delivery(OLD_KEY, "2", NOW, BODY)))
        .isEqualTo(new Genuine());
  }

  @Test
  void aSecretWithoutItsPrefixIsTheKeyItself() {
    var plain = verifier(new Secret("test", "not base64!"));

    assertThat(plain.check(SignedWebhook.delivery("not base64!".getBytes(UTF_8), "1", NOW, BODY)))
        .isEqualTo(new Genuine());
  }

  @Test
  void oneOfSeveralSignaturesIsEnoughAndStrangeOnesArePassedOver() {
    String right = SignedWebhook.signature(KEY, "1", NOW, BODY);
    String wrong = SignedWebhook.signature("x".getBytes(UTF_8), "1", NOW, BODY);

    assertThat(verifier.check(delivery("1", NOW, "v1a,AAAA v1,?? v1, " + wrong + " " + right)))
        .isEqualTo(new Genuine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "v1,",
        "v2,AAAA",
        "v1,AAAA",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
      })
  void aSignatureOfNobodyIsRefused(String signature) {
    assertThat(verifier.check(delivery("1", NOW, signature))).isInstanceOf(Refused.class);
  }

  @Test
  void theSignatureIsOfIdTimeAndBodyTogether() {
    String signature = SignedWebhook.signature(KEY, "1", NOW, BODY);

    assertThat(verifier.check(delivery("2", NOW, signature))).isInstanceOf(Refused.class);
    assertThat(verifier.check(delivery("1", NOW.plusSeconds(1), signature)))
        .isInstanceOf(Refused.class);
    assertThat(
            verifier.check(
                new WebhookDelivery(
                    "1",
                    Long.toString(NOW.getEpochSecond()),
                    signature,
                    BODY.replace("é", "e").getBytes(UTF_8))))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 0, 300})
  void aTimeWithinTheToleranceIsTaken(long seconds) {
    assertThat(verifier.check(SignedWebhook.delivery(KEY, "1", NOW.plusSeconds(seconds), BODY)))
        .isEqualTo(new Genuine());
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, -1_000_000_000_000L, 10_000_000_000L})
  void aTimeBeyondTheToleranceIsRefused(long seconds) {
    assertThat(verifier.check(SignedWebhook.delivery(KEY, "1", NOW.plusSeconds(seconds), BODY)))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "1.5", "99999999999999999999", "9223372036854775807"})
  void aTimeThatIsNoneIsRefused(String timestamp) {
    assertThat(verifier.check(new WebhookDelivery("1", timestamp, "v1,AAAA", BODY.getBytes(UTF_8))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void anIdMustBeThereAndShort() {
    assertThat(verifier.check(SignedWebhook.delivery(KEY, "", NOW, BODY)))
        .isInstanceOf(Refused.class);
    assertThat(verifier.check(SignedWebhook.delivery(KEY, "i".repeat(257), NOW, BODY)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aCopyIsARepetitionForAsLongAsItIsWithinTheTolerance() {
    WebhookDelivery fromAhead = SignedWebhook.delivery(KEY, "1", NOW.plusSeconds(300), BODY);

    assertThat(verifier.check(fromAhead)).isEqualTo(new Genuine());
    assertThat(verifier.check(fromAhead)).isEqualTo(new Repeated());
    clock.advance(Duration.ofSeconds(600));
    assertThat(verifier.check(fromAhead)).isEqualTo(new Repeated());
    clock.advance(Duration.ofSeconds(1));
    assertThat(verifier.check(fromAhead)).isInstanceOf(Refused.class);
  }

  @Test
  void aForgedCopyDoesNotUseUpTheId() {
    verifier.check(delivery("1", NOW, "v1,AAAA"));

    assertThat(verifier.check(SignedWebhook.delivery(KEY, "1", NOW, BODY)))
        .isEqualTo(new Genuine());
  }

  @Test
  void aSecretThatIsNoneIsNamedWithoutItsValue() {
    assertThatThrownBy(() -> verifier(new Secret("env:HOOK", "whsec_?secret?")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("env:HOOK")
        .hasMessageNotContaining("?secret?");
    assertThatThrownBy(() -> verifier(new Secret("env:HOOK", "whsec_")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private WebhookVerifier verifier(Secret... secrets) {
    return new WebhookVerifier(List.of(secrets), TOLERANCE, clock);
  }

  private static WebhookDelivery delivery(String id, Instant time, String signature) {
    return new WebhookDelivery(
        id, Long.toString(time.getEpochSecond()), signature, BODY.getBytes(UTF_8));
  }

  private static Secret whsec(byte[] key) {
    return new Secret("test", "whsec_" + Base64.getEncoder().encodeToString(key));
  }
}
