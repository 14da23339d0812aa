package dev.offpeak.provider.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.provider.ResultLine;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class LongLinesTest {

  private static final int LENGTH = 6 * 1024 * 1024;
  private static final int LIMIT = 64 * 1024 * 1024;

  /** Tells a line's length as its id, and where it was put. */
  private static final LineParser LENGTHS =
      (bytes, start, length) -> new ResultLine.Expired(length + " of " + bytes.length, "");

  private final CountDownLatch goesOn = new CountDownLatch(1);

  @Test
  void longLinesStandInMemoryOneAfterTheOther() throws Exception {
    LongLines room = new LongLines(Duration.ofHours(1));
    Slow first = new Slow(goesOn);
    Slow second = new Slow(new CountDownLatch(0));
    FutureTask<String> one = read(first, room);
    first.begun.await();
    FutureTask<String> two = read(second, room);
    awaitSecond(room);

    assertThat(second.sent).isLessThanOrEqualTo(LongLines.LONG);
    goesOn.countDown();

    assertThat(one.get()).isEqualTo("6291456 of 8388608, 5 of 65536");
    assertThat(two.get()).isEqualTo("6291456 of 8388608, 5 of 65536");
    assertThat(room.isAwaited()).isFalse();
  }

  @Test
  void whoTakesTooLongWhileOthersWaitBeginsAgain() throws Exception {
    LongLines room = new LongLines(Duration.ZERO);
    Slow first = new Slow(goesOn);
    FutureTask<String> one = read(first, room);
    first.begun.await();
    FutureTask<String> two = read(new Slow(new CountDownLatch(0)), room);
    awaitSecond(room);
    goesOn.countDown();

    assertThatThrownBy(one::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("other downloads wait");
    assertThat(two.get()).startsWith("6291456 of");
  }

  @Test
  void whoIsStoppedWhileWaitingSaysSo() throws Exception {
    LongLines room = new LongLines(Duration.ofHours(1));
    LongLines.Stay taken = room.enter();
    FutureTask<String> waiting = new FutureTask<>(() -> lines(new Slow(goesOn), room));
    Thread thread = Thread.ofPlatform().start(waiting);
    awaitSecond(room);
    thread.interrupt();

    assertThatThrownBy(waiting::get).hasMessageContaining("stopped while it waited");
    taken.leave();
  }

  private static void awaitSecond(LongLines room) {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(() -> assertThat(room.isAwaited()).isTrue());
  }

  private static FutureTask<String> read(Slow stream, LongLines room) {
    FutureTask<String> task = new FutureTask<>(() -> lines(stream, room));
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static String lines(Slow from, LongLines room) throws IOException {
    try (LineStream stream = new LineStream(from, LENGTHS, LIMIT, room)) {
      return stream.next().providerId() + ", " + stream.next().providerId();
    }
  }

  /** A long line and a short one; waits within the long one, when it has become long. */
  private static final class Slow extends InputStream {

    private static final byte[] SHORT = "\nshort".getBytes(ISO_8859_1);

    private final CountDownLatch goesOn;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile int sent;

    Slow(CountDownLatch goesOn) {
      this.goesOn = goesOn;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (sent > LongLines.LONG) {
        begun.countDown();
        try {
          goesOn.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      int some = 0;
      while (some < length && sent < LENGTH + SHORT.length) {
        into[offset + some] = sent < LENGTH ? (byte) 'x' : SHORT[sent - LENGTH];
        some++;
        sent++;
      }
      return some == 0 ? -1 : some;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("many at once");
    }
  }
}
