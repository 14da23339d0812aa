package dev.offpeak.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private static final Duration A_DAY = Duration.ofDays(1);

  private final CountDownLatch cut = new CountDownLatch(1);

  /** Brings three bytes, and breaks off when it is cut. */
  private final InputStream source =
      new InputStream() {
        private boolean brought;

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          if (!brought) {
            brought = true;
            return 3;
          }
          try {
            cut.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("cut");
        }

        @Override
        public int read() {
          throw new UnsupportedOperationException();
        }
      };

  @Test
  void whoWaitsHearsAtOnceThatItBreaksOff() throws Exception {
    try (ReadAhead pieces = new ReadAhead(source, "test-reader", 2)) {
      assertThat(pieces.poll(A_DAY)).hasSize(3);
      FutureTask<byte[]> next = new FutureTask<>(() -> pieces.poll(A_DAY));
      Thread waiting = Thread.ofPlatform().daemon().start(next);
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> assertThat(waiting.getState()).isEqualTo(Thread.State.TIMED_WAITING));

      cut.countDown();

      assertThatThrownBy(() -> next.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
          .hasCauseInstanceOf(ReadAhead.Broken.class)
          .hasMessageContaining("cut");
    }
  }

  @Test
  void whatCameBeforeIsHandedOutAndTheEndStays() throws Exception {
    cut.countDown();
    try (ReadAhead pieces = new ReadAhead(source, "test-reader", 2)) {
      assertThat(pieces.poll(A_DAY)).hasSize(3);

      assertThatThrownBy(() -> pieces.poll(A_DAY)).isInstanceOf(ReadAhead.Broken.class);
      assertThatThrownBy(() -> pieces.poll(A_DAY)).isInstanceOf(ReadAhead.Broken.class);
    }
  }
}
