package dev.offpeak.ingest.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.ingest.line.UnfitBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GzipMembersTest {

  private static final int MIB = 1024 * 1024;

  @Property(tries = 200)
  void membersAreReadOneAfterTheOther(
      @ForAll @Size(min = 1, max = 4) List<byte[]> members,
      @ForAll @IntRange(min = 1, max = 50) int piece)
      throws IOException {
    var all = new ByteArrayOutputStream();
    var data = new ByteArrayOutputStream();
    for (byte[] member : members) {
      all.writeBytes(gzip(member));
      data.writeBytes(member);
    }

    assertThat(inflate(new Drops(all.toByteArray(), piece))).isEqualTo(data.toByteArray());
  }

  @Property(tries = 200)
  void whatIsCutIsNeverTakenForTheEnd(@ForAll @IntRange(min = 1, max = 50) int left)
      throws IOException {
    byte[] member = gzip("hello, hello, hello".getBytes(US_ASCII));
    byte[] cut = Arrays.copyOf(member, Math.min(left, member.length - 1));
    var after = new SequenceInputStream(bytes(member), bytes(cut));

    assertThatThrownBy(() -> inflate(bytes(cut))).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> inflate(after)).isInstanceOf(EOFException.class);
  }

  @Test
  void somethingElseBehindAMemberIsRefused() throws IOException {
    var after =
        new SequenceInputStream(bytes(gzip(new byte[10])), bytes("{}\n".getBytes(US_ASCII)));

    assertThatThrownBy(() -> inflate(after))
        .isInstanceOf(ZipException.class)
        .hasMessageContaining("something else");
    assertThatThrownBy(() -> inflate(bytes("{}\n".getBytes(US_ASCII))))
        .isInstanceOf(ZipException.class)
        .hasMessageContaining("not in gzip format");
  }

  @Test
  void aClientThatGoesAwayBetweenMembersIsNoEnd() throws IOException {
    var gone =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    var after = new SequenceInputStream(bytes(gzip(new byte[10])), gone);

    assertThatThrownBy(() -> inflate(after)).hasMessage("gone");
  }

  @Test
  void brokenDataAndAHeaderWithoutEndAreRefused() throws IOException {
    byte[] flipped = gzip("hello, hello, hello".getBytes(US_ASCII));
    flipped[flipped.length - 6] ^= 1;
    byte[] named = gzip(new byte[0]);
    named[3] = 8;
    var endless =
        new SequenceInputStream(
            bytes(Arrays.copyOf(named, 10)), bytes("x".repeat(MIB).getBytes(US_ASCII)));

    assertThatThrownBy(() -> inflate(bytes(flipped))).hasMessageContaining("checksum");
    assertThatThrownBy(() -> inflate(endless)).hasMessageContaining("a header of more than");
  }

  @Test
  void onlyWhatGrowsBeyondMeasureIsBrokenOff() throws IOException {
    byte[] small = gzip(new byte[16 * MIB]);
    byte[] large = gzip(new byte[17 * MIB]);

    assertThat(inflate(bytes(small))).hasSize(16 * MIB);
    assertThatThrownBy(() -> inflate(bytes(large)))
        .isInstanceOf(UnfitBody.class)
        .hasMessageContaining("more than 250 times");
  }

  private static byte[] inflate(InputStream compressed) throws IOException {
    try (var members = new GzipMembers(compressed, 250)) {
      return members.readAllBytes();
    }
  }

  private static ByteArrayInputStream bytes(byte[] data) {
    return new ByteArrayInputStream(data);
  }

  private static byte[] gzip(byte[] data) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(data);
    }
    return bytes.toByteArray();
  }

  /** Gives a few bytes at a time. */
  private static final class Drops extends ByteArrayInputStream {
    private final int most;

    Drops(byte[] data, int most) {
      super(data);
      this.most = most;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, most));
    }
  }
}
