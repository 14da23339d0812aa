package dev.offpeak.ingest.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFactsTest {

  private static final String BODY =
      "{\"messages\": [{\"stream\": true}], \"model\": \"gpt-4o-mini\", \"service_tier\":"
          + " \"batch\"}";

  @Test
  void whatStandsAtTheTopDecides() throws IOException {
    assertThat(BodyFacts.of(BODY.getBytes(UTF_8)))
        .isEqualTo(new BodyFacts("gpt-4o-mini", false, true, false, false));
  }

  /** Places of members are bytes of UTF-8: who guessed another encoding would cut elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void anotherEncodingIsNoBody(String encoding) {
    byte[] body = BODY.getBytes(Charset.forName(encoding));

    assertThatThrownBy(() -> BodyFacts.of(body)).isInstanceOf(IOException.class);
  }
}
