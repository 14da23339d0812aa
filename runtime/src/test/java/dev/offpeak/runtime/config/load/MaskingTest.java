package dev.offpeak.runtime.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.config.KafkaConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config",
        "SASL.JAAS.CONFIG",
        "ssl.key.password",
        "ssl.keystore.password",
        "ssl.truststore.Password",
        "ssl.keystore.key",
        "sasl.oauthbearer.client.credentials.client.secret",
        "sasl.oauthbearer.assertion.private.key.passphrase",
        "basic.auth.user.info",
        "schema.registry.basic.auth.user.info",
        "bearer.auth.token",
        "bearer.auth.client.secret",
        "http.proxyPassword",
        "x-api-key",
        "apiKey",
        "aws.secret.access.key",
        "my.Passwd"
      })
  void whatClientsKeepSecretIsHidden(String property) {
    KafkaConfig kafka = new KafkaConfig("h:1", Map.of(property, "plain words"), Map.of());

    assertThat(EffectiveConfig.describe(kafka))
        .contains("properties." + property + " = ******")
        .noneMatch(line -> line.contains("plain words"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.oauthbearer.token.endpoint.url",
        "ssl.keystore.location",
        "ssl.keystore.type",
        "security.protocol",
        "bearer.auth.credentials.source",
        "client.id"
      })
  void whatOnlySoundsSoIsShown(String property) {
    KafkaConfig kafka = new KafkaConfig("h:1", Map.of(property, "PLAIN"), Map.of());

    assertThat(EffectiveConfig.describe(kafka)).contains("properties." + property + " = PLAIN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://me:pa55@registry:8081/x | http://******@registry:8081/x",
        "http://me:pa/5@5@registry,http://you:p@b | http://******@registry,http://******@b",
        "https://host/v1?api-key=abc123&x=1 | https://host/v1?api-key=******&x=1",
        "https://host/v1?sig=abc | https://host/v1?sig=******",
        "Module required username=\"u\" password=\"p q\"; | Module required username=\"u\""
            + " password=******;",
        "Authorization: Bearer abcdefghi | Authorization: Bearer ******",
        "sk-proj-0123456789 | ******",
        "https://api.openai.com/v1 | https://api.openai.com/v1"
      })
  void whatLooksLikeASecretIsHiddenWhereverItStands(String value, String shown) {
    assertThat(Masking.shown("some.property", value)).isEqualTo(shown);
  }

  @Test
  void aValueStaysOnItsLineAndAPrivateKeyIsHiddenWhole() {
    assertThat(Masking.shown("a", "one\r\n\u001b[31mtwo")).doesNotContain("\n", "\u001b");
    assertThat(Masking.shown("a", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"))
        .isEqualTo("-----BEGIN PRIVATE KEY-----******");
  }
}
