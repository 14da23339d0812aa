package dev.offpeak.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class CorpusTest {

  @Test
  void linesAreOfTheSizeAskedForAndDifferInIdAndBody() {
    var corpus = new Corpus(1000, 2000);
    var line = new String(corpus.line(731), US_ASCII);

    assertThat(line)
        .hasSize(2000)
        .startsWith("{\"custom_id\":\"r-00000731\",")
        .contains("\"content\":\"00000731 ")
        .endsWith("\"}]}}");
    assertThat(corpus.line(731 + 512)).hasSize(2000).isNotEqualTo(corpus.line(731));
  }

  @Test
  void textsCompressLikeProse() {
    var corpus = new Corpus(1, 100_000);
    var deflater = new Deflater();
    deflater.setInput(corpus.line(0));
    deflater.finish();

    var compressed = deflater.deflate(new byte[200_000]);
    deflater.end();

    assertThat(100_000.0 / compressed).isBetween(2.0, 3.5);
  }

  @Test
  void refusesLinesThatHaveNoRoom() {
    assertThatThrownBy(() -> new Corpus(1, 100)).hasMessageContaining("at least");
  }
}
