package dev.offpeak.provider.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes no byte of an answer's body, and fails its call. */
final class RefusedBody<T> implements BodySubscriber<T> {

  private final AnswerRefused refusal;

  RefusedBody(AnswerRefused refusal) {
    this.refusal = refusal;
  }

  @Override
  public CompletionStage<T> getBody() {
    return CompletableFuture.failedFuture(refusal);
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    source.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    // Not taken.
  }

  @Override
  public void onError(Throwable failure) {
    // Refused already.
  }

  @Override
  public void onComplete() {
    // Refused already.
  }
}
