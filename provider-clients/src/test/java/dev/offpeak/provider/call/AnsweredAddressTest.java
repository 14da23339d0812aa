package dev.offpeak.provider.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredAddressTest {

  private static final URI BASE = URI.create("https://api.example/v1");

  @ParameterizedTest
  @CsvSource({
    "https://api.example/upload?id=1, https://api.example/upload?id=1",
    "https://API.example:443/upload, https://API.example:443/upload",
    "/upload, https://api.example/upload",
    "//api.example/upload, https://api.example/upload",
  })
  void whatIsOnTheSameServerIsFollowedAsGiven(String answered, URI address) {
    assertThat(AnsweredAddress.of(BASE, answered)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example/upload",
        "https://api.example:8443/upload",
        "https://evil.example/upload",
        "https://api.example.evil/upload",
        "https://api.example@evil.example/upload",
        "https://user@api.example/upload",
        "//evil.example/upload",
        "file:///etc/passwd",
        "https:",
        "mailto:x@y",
        "not an address",
        "https://[::1/upload",
      })
  void nothingElseIs(String answered) {
    assertThat(AnsweredAddress.of(BASE, answered)).isEmpty();
  }
}
