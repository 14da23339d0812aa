package dev.offpeak.batcher.admit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyDigestTest {

  private final BodyDigest digest = new BodyDigest();

  @Test
  void bodiesThatDifferInWhiteSpaceOutsideStringsAreTheSame() {
    read("{ \"a\" : [1,\n\t2], \"b\":\"x  y\" }");
    long hash = digest.hash();
    int length = digest.compactLength();

    read("{\"a\":[1,2],\"b\":\"x  y\"}");

    assertThat(digest.hash()).isEqualTo(hash);
    assertThat(digest.compactLength()).isEqualTo(length).isEqualTo(22);
  }

  @Test
  void everythingElseMakesAnotherBody() {
    read("{\"a\":1,\"b\":\"x y\"}");
    long hash = digest.hash();

    for (String other :
        new String[] {
          "{\"a\":1.0,\"b\":\"x y\"}", "{\"b\":\"x y\",\"a\":1}", "{\"a\":1,\"b\":\"x  y\"}"
        }) {
      read(other);
      assertThat(digest.hash()).as(other).isNotEqualTo(hash);
    }
  }

  private void read(String body) {
    byte[] bytes = ("..." + body + "..").getBytes(UTF_8);
    digest.read(bytes, 3, bytes.length - 5);
  }
}
