package dev.offpeak.provider.http;

import dev.offpeak.runtime.http.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream with a watchdog: a read that gets no byte for too long, or too few
 * for as long, fails, which the JDK's own stream never does. A few network buffers stand in memory.
 */
final class AnswerStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

  private static final int READ_AHEAD = 4;

  /** What arrived: buffers, or the end (failure is null when it was a good one). */
  private record Part(List<ByteBuffer> buffers, boolean last, @Nullable Throwable failure) {

    long bytes() {
      return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    }
  }

  private final Pace pace;
  private final BlockingQueue<Part> arrived = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private @Nullable Part current;
  private int buffer;

  AnswerStream(Pace pace) {
    this.pace = pace;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    if (closed) {
      source.cancel();
    } else {
      source.request(READ_AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(new Part(buffers, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    arrived.add(new Part(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    arrived.add(new Part(List.of(), true, null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int start, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (true) {
      if (closed) {
        throw new IOException("the download was closed");
      }
      Part part = current == null ? take() : current;
      current = part;
      if (part.last()) {
        return end(part);
      }
      while (buffer < part.buffers().size()) {
        ByteBuffer source = part.buffers().get(buffer);
        if (source.hasRemaining()) {
          int read = Math.min(count, source.remaining());
          source.get(into, start, read);
          return read;
        }
        buffer++;
      }
      current = null;
      buffer = 0;
      more();
    }
  }

  private Part take() throws IOException {
    long began = System.nanoTime();
    try {
      Part part = arrived.poll(pace.window().toNanos(), TimeUnit.NANOSECONDS);
      if (part == null) {
        close();
        throw new IOException(
            "the download brought no byte for " + pace.window().toSeconds() + " s");
      }
      if (pace.after(System.nanoTime() - began, part.bytes()) != null && !part.last()) {
        close();
        throw new IOException("the download brought " + pace);
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InterruptedIOException("interrupted while downloading");
    }
  }

  private static int end(Part last) throws IOException {
    Throwable failure = last.failure();
    if (failure != null) {
      throw new IOException("the download broke off: " + failure.getMessage(), failure);
    }
    return -1;
  }

  private void more() {
    Flow.Subscription source = subscription;
    if (source != null) {
      source.request(1);
    }
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
  }
}
