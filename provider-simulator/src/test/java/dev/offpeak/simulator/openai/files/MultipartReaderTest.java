package dev.offpeak.simulator.openai.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
  private static final String TYPE = "multipart/form-data; boundary=bound";

  /** Gives at most that many bytes at a time, as a network does. */
  private static InputStream dripping(byte[] bytes, int atMost) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, atMost));
      }
    };
  }

  private static byte[] body(String content) {
    return ("--bound\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a;\\\"b.jsonl\"\r\n"
            + "Content-Type: text/plain\r\n\r\n"
            + content
            + "\r\n"
            + "--bound\r\n"
            + "content-disposition: form-data; name=purpose\r\n\r\n"
            + "batch\r\n"
            + "--bound--\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Texts made of pieces that look like delimiters. */
  @Provide
  Arbitrary<String> contents() {
    return Arbitraries.of("\r", "\n", "\r\n", "--", "--boun", "\r\n--boun", "bound", "x", "ä", "")
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces))
        .filter(content -> !("\r\n" + content).contains("\r\n--bound"));
  }

  @Property
  void readsEachPartAsItWasWritten(
      @ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 50) int atMost)
      throws IOException {
    // Given
    MultipartReader parts = new MultipartReader(dripping(body(content), atMost), TYPE);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    // When
    assertThat(parts.next()).isTrue();
    String name = parts.name();
    String fileName = parts.fileName().orElseThrow();
    long copied = parts.copyTo(file);
    assertThat(parts.next()).isTrue();
    String purpose = parts.name() + "=" + parts.text(100);
    // Then
    assertThat(name).isEqualTo("file");
    assertThat(fileName).isEqualTo("a;\"b.jsonl");
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo(content);
    assertThat(copied).isEqualTo(file.size());
    assertThat(purpose).isEqualTo("purpose=batch");
    assertThat(parts.next()).isFalse();
  }

  @Test
  void readsPartsLargerThanItsBuffer() throws IOException {
    // Given
    String content = "0123456789\r\n-".repeat(50_000);
    MultipartReader parts = new MultipartReader(new ByteArrayInputStream(body(content)), TYPE);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    parts.next();
    // When
    parts.copyTo(file);
    // Then
    assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo(content);
  }

  @Test
  void aBodyThatBreaksOffIsNoUpload() {
    // Given
    byte[] whole = body("some content");
    byte[] half = java.util.Arrays.copyOf(whole, whole.length - 40);
    MultipartReader parts = new MultipartReader(new ByteArrayInputStream(half), TYPE);
    // When / Then
    assertThatThrownBy(
            () -> {
              while (parts.next()) {
                parts.text(10);
              }
            })
        .isInstanceOf(EOFException.class);
  }

  @Test
  void needsABoundary() {
    assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), "text/plain"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multipart/form-data");
  }
}
