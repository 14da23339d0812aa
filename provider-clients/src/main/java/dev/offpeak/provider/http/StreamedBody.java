package dev.offpeak.provider.http;

import dev.offpeak.provider.Payload;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.runtime.http.Pace;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request body that a {@link Payload} writes while it is sent, on a virtual thread of its own. It
 * has an exact Content-Length, and at most two chunks of 32 kB stand in memory. When the payload
 * fails, or writes another number of bytes than it promised, the connection is cut before that
 * length is reached, so that no server accepts a truncated body. It can be sent once.
 */
public final class StreamedBody implements HttpRequest.BodyPublisher {

  private final Payload payload;
  private final Pace pace;
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable DemandSink sink;
  private volatile @Nullable Throwable payloadFailure;

  /**
   * A body of that payload.
   *
   * @param timeouts how slowly the connection may take it
   */
  public StreamedBody(Payload payload, Timeouts timeouts) {
    this.payload = payload;
    this.pace = timeouts.pace();
  }

  @Override
  public long contentLength() {
    return payload.length();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    DemandSink target = new DemandSink(subscriber, payload.length(), pace);
    if (!subscribed.compareAndSet(false, true)) {
      subscriber.onSubscribe(target);
      subscriber.onError(new IOException("the body was sent already; it can be sent once"));
      return;
    }
    sink = target;
    subscriber.onSubscribe(target);
    started.complete(null);
    Thread.ofVirtual().name("upload").start(() -> write(target, subscriber));
  }

  private void write(DemandSink target, Flow.Subscriber<? super ByteBuffer> subscriber) {
    try {
      payload.writeTo(target);
      target.finish();
      subscriber.onComplete();
    } catch (IOException | RuntimeException e) {
      IOException broken = target.connectionFailure();
      if (broken == null) {
        payloadFailure = e;
        broken = new IOException("the payload could not be read", e);
      }
      subscriber.onError(broken);
    } finally {
      ended.complete(null);
    }
  }

  CompletableFuture<Void> started() {
    return started;
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Whether the last byte went out of our hands. */
  boolean isComplete() {
    DemandSink target = sink;
    return target != null && target.isComplete();
  }

  /** Why we gave the body up, or null: then the client knows best what became of the request. */
  @Nullable Throwable givenUp() {
    DemandSink target = sink;
    return target != null && target.hasStalled() ? target.connectionFailure() : payloadFailure;
  }

  /** Why the payload could not be supplied, or null. */
  @Nullable Throwable payloadFailure() {
    return payloadFailure;
  }

  /** Ends the writing thread when nobody takes its bytes any more. */
  void abandon() {
    DemandSink target = sink;
    if (target != null) {
      target.cancel();
    }
  }
}
