package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.call.JsonCalls;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.StreamedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One session of a resumable upload (docs/providers C1): a payload in full chunks, one of which
 * stands in memory. After a break Gemini is asked what it received, and the upload goes on from
 * there: within the chunk, or by writing the payload again from its start and passing over what is
 * there. It ends for good when it comes no further for several breaks in a row.
 */
final class ResumableUpload implements ChunkSink.Target {

  private static final int BREAKS_IN_A_ROW = 6;
  private static final int FRESH_BEGINNINGS = 3;
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Ends the writing of a payload: the upload broke, or has to begin anew. */
  private static final class Stopped extends IOException {
    Stopped() {
      super("the upload was stopped");
    }
  }

  private final JsonCalls calls;
  private final GeminiRequests requests;
  private final Sleeper sleeper;
  private final Timeouts timeouts;
  private final URI session;
  private final long total;
  private final byte[] chunk;

  private int breaks;
  private int beginnings;
  private boolean mayBeFinal;
  private long beginAgainAt = -1;
  private @Nullable ProviderError failure;
  private @Nullable JsonNode file;

  /**
   * An upload whose session is open.
   *
   * @param chunkSize bytes of a chunk, a multiple of 256 KiB
   */
  ResumableUpload(
      JsonCalls calls,
      GeminiRequests requests,
      Sleeper sleeper,
      Timeouts timeouts,
      URI session,
      long total,
      int chunkSize) {
    this.calls = calls;
    this.requests = requests;
    this.sleeper = sleeper;
    this.timeouts = timeouts;
    this.session = session;
    this.total = total;
    this.chunk = new byte[(int) Math.min(chunkSize, total)];
  }

  /** Uploads the payload; answers with the file, which may be missing from a good answer. */
  Answer<JsonNode> run(Payload payload) {
    long arrived = 0;
    while (true) {
      ChunkSink sink = new ChunkSink(this, total, arrived, chunk);
      try {
        payload.writeTo(sink);
        sink.finish();
      } catch (IOException | RuntimeException e) {
        if (failure == null && beginAgainAt < 0) {
          return Answer.failed(
              new ProviderError.PayloadUnreadable(
                  FailureCode.PAYLOAD_UNREADABLE.id(),
                  "upload was broken off, the payload could not be read: " + e.getMessage()));
        }
      }
      if (failure != null) {
        return Answer.failed(failure);
      }
      if (beginAgainAt < 0) {
        return Answer.ok(file == null ? MissingNode.getInstance() : file);
      }
      arrived = beginAgainAt;
      beginAgainAt = -1;
    }
  }

  @Override
  public void send(byte[] bytes, int length, long offset, boolean last) throws IOException {
    if (failure != null || beginAgainAt >= 0) {
      throw new Stopped();
    }
    long at = offset;
    while (file == null) {
      Answer<UploadReply> answer =
          put(bytes, (int) (at - offset), (int) (offset + length - at), at, last);
      if (answer instanceof Answer.Ok<UploadReply>(UploadReply reply) && took(reply, last)) {
        breaks = 0;
        return;
      }
      long received = recover(answer);
      if (file != null) {
        return;
      }
      if (received < offset) {
        throw beginAgain(received);
      }
      breaks = received > at ? 0 : breaks;
      at = Math.min(received, offset + length);
      if (at == offset + length && !last) {
        return;
      }
    }
  }

  private Answer<UploadReply> put(byte[] bytes, int from, int count, long at, boolean last) {
    StreamedBody body = new StreamedBody(new Slice(bytes, from, count), timeouts);
    return calls.answered(
        GeminiCall.UPLOAD,
        requests.upload(session, last ? "upload, finalize" : "upload", at, body),
        last ? Effect.LEAVES_SOMETHING : Effect.NONE,
        response -> UploadReply.read(calls, response));
  }

  private boolean took(UploadReply reply, boolean last) {
    if (reply.isFinal()) {
      file = reply.file();
    }
    return reply.isFinal() || (reply.isActive() && !last);
  }

  /** Waits and asks, until Gemini says how much it received. */
  private long recover(Answer<UploadReply> broken) throws Stopped {
    Answer<UploadReply> last = broken;
    while (true) {
      mayBeFinal |= last instanceof Answer.Failed<UploadReply>(ProviderError.Ambiguous _);
      pause(problem(last));
      last =
          calls.answered(
              GeminiCall.QUERY_UPLOAD,
              requests.queryUpload(session),
              Effect.NONE,
              response -> UploadReply.read(calls, response));
      if (last instanceof Answer.Ok<UploadReply>(UploadReply reply)) {
        if (reply.isFinal()) {
          file = reply.file();
          return total;
        }
        if (reply.isActive()) {
          mayBeFinal = false;
          return reply.received();
        }
      }
    }
  }

  private static ProviderError problem(Answer<UploadReply> answer) {
    return answer instanceof Answer.Failed<UploadReply>(ProviderError error)
        ? error
        : new ProviderError.Retryable(
            FailureCode.UPLOAD_STATUS_MISSING.id(),
            "upload was answered without x-goog-upload-status");
  }

  private Stopped beginAgain(long received) {
    if (++beginnings > FRESH_BEGINNINGS) {
      return stop(
          new ProviderError.Retryable(
              FailureCode.UPLOAD_LOST.id(),
              "the upload lost bytes that it had received, again and again"));
    }
    beginAgainAt = received;
    return new Stopped();
  }

  private void pause(ProviderError error) throws Stopped {
    Duration wait = PAUSES.ceiling(breaks);
    switch (error) {
      case ProviderError.Retryable _, ProviderError.Ambiguous _ -> {}
      case ProviderError.RateLimited limited -> {
        wait = Objects.requireNonNullElse(limited.after(), wait);
        if (wait.compareTo(PAUSES.longest()) > 0) {
          throw stop(error);
        }
      }
      case ProviderError.Gone gone ->
          throw stop(new ProviderError.Retryable(gone.code(), gone.message()));
      case ProviderError.AccountProblem _,
          ProviderError.QuotaExceeded _,
          ProviderError.InvalidLines _,
          ProviderError.Rejected _,
          ProviderError.PayloadUnreadable _,
          ProviderError.PayloadExpired _ ->
          throw stop(error);
    }
    if (++breaks > BREAKS_IN_A_ROW) {
      throw stop(error);
    }
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stop(
          new ProviderError.Retryable(FailureCode.INTERRUPTED.id(), "interrupted while uploading"));
    }
  }

  /** A session that is over may have made its file; {@code findFiles} tells. */
  private Stopped stop(ProviderError error) {
    failure = mayBeFinal ? new ProviderError.Ambiguous(error.code(), error.message()) : error;
    return new Stopped();
  }

  /** A part of a chunk as a body. */
  private record Slice(byte[] bytes, int from, int count) implements Payload {

    @Override
    public long length() {
      return count;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      sink.write(bytes, from, count);
    }
  }
}
