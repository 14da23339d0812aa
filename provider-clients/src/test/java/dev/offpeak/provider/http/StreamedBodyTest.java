package dev.offpeak.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.provider.Payload;
import dev.offpeak.provider.account.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamedBodyTest {

  private static final int CHUNK = 32 * 1024;
  private static final long MANY = 50_000_000_000L;

  @Test
  void payloadIsReadNoFasterThanItIsSent() throws InterruptedException {
    Zeros payload = new Zeros(MANY);
    StreamedBody body = new StreamedBody(payload, Timeouts.DEFAULT);
    Asker asker = new Asker();
    body.subscribe(asker);
    assertThat(body.contentLength()).isEqualTo(MANY);
    long taken = 0;
    for (int i = 0; i < 50; i++) {
      asker.subscription.request(1);
      taken += asker.next().remaining();
      assertThat(payload.written.get()).isLessThanOrEqualTo(taken + 2L * CHUNK);
    }
    asker.subscription.cancel();
    assertThat(asker.failure()).hasMessageContaining("closed");
    assertThat(body.payloadFailure()).isNull();
    assertThat(body.isComplete()).isFalse();
  }

  @Test
  void secondSendIsRefused() throws InterruptedException {
    StreamedBody body = new StreamedBody(new Zeros(1), Timeouts.DEFAULT);
    Asker first = new Asker();
    body.subscribe(first);
    first.subscription.request(1);
    assertThat(first.next().remaining()).isEqualTo(1);
    Asker second = new Asker();
    body.subscribe(second);
    assertThat(second.failure()).hasMessageContaining("sent once");
  }

  /** A payload of zeros that counts what it gave away. */
  private static final class Zeros implements Payload {

    private final long length;
    private final AtomicLong written = new AtomicLong();

    Zeros(long length) {
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      byte[] line = new byte[1_000];
      for (long left = length; left > 0; left -= line.length) {
        int part = (int) Math.min(left, line.length);
        written.addAndGet(part);
        sink.write(line, 0, part);
      }
    }
  }

  /** Takes a chunk when the test asks for it. */
  private static final class Asker implements Flow.Subscriber<ByteBuffer> {

    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription source) {
      subscription = source;
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      got.add(chunk);
    }

    @Override
    public void onError(Throwable failure) {
      got.add(failure);
    }

    @Override
    public void onComplete() {
      got.add("complete");
    }

    ByteBuffer next() throws InterruptedException {
      return (ByteBuffer) got.poll(5, TimeUnit.MINUTES);
    }

    Throwable failure() throws InterruptedException {
      return (Throwable) got.poll(5, TimeUnit.MINUTES);
    }
  }
}
