package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MultipartFormTest {

  private static final String BOUNDARY = "b0undary";
  private static final int BUFFER = 64 * 1024;

  @Test
  void partsComeInTheOrderInWhichTheyStandWhateverItIs() throws IOException {
    MultipartForm form =
        form(
            part("form-data; name=\"file\"; filename=\"in\\\"put.jsonl\"", "{}\r\n--b0undar")
                + part("form-data; name=purpose", "batch"));

    MultipartForm.Part file = next(form);
    assertThat(file.name()).isEqualTo("file");
    assertThat(file.about()).containsEntry("filename", "in\"put.jsonl");
    assertThat(file.text(100)).isEqualTo("{}\r\n--b0undar");
    MultipartForm.Part purpose = next(form);
    assertThat(purpose.name()).isEqualTo("purpose");
    assertThat(purpose.text(100)).isEqualTo("batch");
    assertThat(form.next()).isNull();
  }

  @Test
  void anEncodedNameOfAFileCountsForThePlainOne() throws IOException {
    MultipartForm form =
        form(part("form-data; name=file; filename=x; filename*=UTF-8''%C3%A9+.jsonl", ""));

    assertThat(next(form).about()).containsEntry("filename", "é+.jsonl");
  }

  @Test
  void aPartThatIsNotReadIsPassedOver() throws IOException {
    MultipartForm form =
        form(part("form-data; name=a", "x".repeat(3 * BUFFER)) + part("form-data; name=b", "y"));

    assertThat(next(form).name()).isEqualTo("a");
    assertThat(next(form).text(10)).isEqualTo("y");
  }

  @Test
  void aFormThatBreaksOffIsSaidToDoSo() {
    String whole = part("form-data; name=a", "text") + "--" + BOUNDARY + "--\r\n";
    for (int length = 0; length < whole.length() - 4; length++) {
      String cut = whole.substring(0, length);
      assertThatExceptionOfType(IOException.class)
          .as(cut)
          .isThrownBy(
              () -> {
                MultipartForm form =
                    new MultipartForm(new ByteArrayInputStream(cut.getBytes(UTF_8)), BOUNDARY);
                MultipartForm.Part part = form.next();
                while (part != null) {
                  part.text(100);
                  part = form.next();
                }
              });
    }
  }

  @Test
  void aFieldThatIsTooLongIsRefused() throws IOException {
    MultipartForm form = form(part("form-data; name=purpose", "x".repeat(101)));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> next(form).text(100))
        .withMessageContaining("purpose");
  }

  @Property(tries = 60)
  void aFileOfAnyLengthComesWholeHoweverItIsCut(
      @ForAll @IntRange(min = -80, max = 80) int aroundTheBuffer,
      @ForAll @IntRange(min = 0, max = 2) int buffers,
      @ForAll long seed)
      throws IOException {
    byte[] content = new byte[Math.max(0, buffers * BUFFER + aroundTheBuffer)];
    Random random = new Random(seed);
    random.nextBytes(content);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head("form-data; name=file").getBytes(ISO_8859_1));
    whole.writeBytes(content);
    whole.writeBytes(("\r\n" + part("form-data; name=purpose", "batch")).getBytes(ISO_8859_1));
    whole.writeBytes(("--" + BOUNDARY + "--").getBytes(ISO_8859_1));
    MultipartForm form = new MultipartForm(new Dribble(whole.toByteArray(), random), BOUNDARY);

    ByteArrayOutputStream read = new ByteArrayOutputStream();
    MultipartForm.Part file = next(form);
    byte[] piece = new byte[1 + random.nextInt(BUFFER)];
    for (int n = file.bytes().read(piece, 0, piece.length);
        n >= 0;
        n = file.bytes().read(piece, 0, piece.length)) {
      read.write(piece, 0, n);
    }

    assertThat(read.toByteArray()).isEqualTo(content);
    assertThat(next(form).text(10)).isEqualTo("batch");
    assertThat(form.next()).isNull();
  }

  private static MultipartForm.Part next(MultipartForm form) throws IOException {
    return Objects.requireNonNull(form.next());
  }

  private static MultipartForm form(String parts) {
    String whole = parts + "--" + BOUNDARY + "--\r\n";
    return new MultipartForm(new ByteArrayInputStream(whole.getBytes(UTF_8)), BOUNDARY);
  }

  private static String part(String disposition, String content) {
    return head(disposition) + content + "\r\n";
  }

  private static String head(String disposition) {
    return "--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n";
  }

  /** Gives its bytes in pieces of any size. */
  private static final class Dribble extends InputStream {
    private final ByteArrayInputStream all;
    private final Random random;

    Dribble(byte[] all, Random random) {
      this.all = new ByteArrayInputStream(all);
      this.random = random;
    }

    @Override
    public int read() {
      return all.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return all.read(into, offset, Math.min(length, 1 + random.nextInt(BUFFER)));
    }
  }
}
