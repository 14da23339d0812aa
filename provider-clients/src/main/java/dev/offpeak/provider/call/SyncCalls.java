package dev.offpeak.provider.call;

import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Verdict;
import dev.offpeak.provider.SyncAnswer;
import dev.offpeak.provider.SyncCall;
import dev.offpeak.provider.http.Answers;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.http.TransportFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The synchronous calls of one account. Each is sent once. */
public final class SyncCalls {

  private static final String OPERATION = "sync";

  /**
   * The caller's own name of a call, by which OpenAI finds it in its logs (API reference, debugging
   * requests). Others have no such thing and leave it out; a gateway on the way may show it.
   */
  private static final String CLIENT_ID = "X-Client-Request-Id";

  private final Transport transport;
  private final ErrorMapping errors;
  private final SyncForm form;

  /** Calls over that transport, whose answers have that form. */
  public SyncCalls(Transport transport, ErrorMapping errors, SyncForm form) {
    this.transport = transport;
    this.errors = errors;
    this.form = form;
  }

  /** Sends the request of a call, within its limit. */
  public SyncAnswer send(HttpRequest request, SyncCall call) {
    HttpRequest limited =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader(CLIENT_ID, call.id())
            .timeout(call.limit())
            .build();
    try {
      HttpResponse<byte[]> response = transport.send(OPERATION, limited, Answers.paid());
      return response.statusCode() / 100 == 2
          ? new SyncAnswer.Done(line(response))
          : refused(response);
    } catch (TransportFailure e) {
      return switch (e.error(Effect.LEAVES_SOMETHING)) {
        case ProviderError.Retryable(String code, String message) ->
            new SyncAnswer.TurnedDown(code, message, null);
        case ProviderError unclear -> new SyncAnswer.InDoubt(unclear.code(), unclear.message());
      };
    }
  }

  private SyncAnswer refused(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    ProviderError error =
        errors.of(OPERATION, status, response.headers(), response.body(), Effect.LEAVES_SOMETHING);
    return switch (error) {
      case ProviderError.RateLimited(String code, String message, Duration after) ->
          new SyncAnswer.TurnedDown(code, message, after);
      case ProviderError.QuotaExceeded(String code, String message, Duration after) ->
          new SyncAnswer.TurnedDown(code, message, after);
      case ProviderError.Retryable(String code, String message) ->
          new SyncAnswer.TurnedDown(code, message, null);
      case ProviderError.Ambiguous(String code, String message) ->
          status == form.turnedDown()
              ? new SyncAnswer.TurnedDown(code, message, null)
              : new SyncAnswer.InDoubt(code, message);
      case ProviderError.AccountProblem _,
          ProviderError.Rejected _,
          ProviderError.Gone _,
          ProviderError.InvalidLines _,
          ProviderError.PayloadUnreadable _,
          ProviderError.PayloadExpired _ ->
          settled(response, error);
    };
  }

  /** The provider's own words where its error can be read as one, else ours. */
  private SyncAnswer settled(HttpResponse<byte[]> response, ProviderError error) {
    boolean isAccount = error instanceof ProviderError.AccountProblem;
    if (line(response) instanceof ResultLine.Errored said && said.verdict() != Verdict.UNCLEAR) {
      return new SyncAnswer.Done(
          errored(response, said, isAccount ? Verdict.ACCOUNT : said.verdict()));
    }
    return new SyncAnswer.Done(
        new ResultLine.Errored(
            SyncForm.ID,
            response.statusCode(),
            requestId(response, null),
            error.code(),
            error.message(),
            new byte[0],
            isAccount ? Verdict.ACCOUNT : Verdict.YOUR_INPUT));
  }

  private ResultLine.Errored errored(
      HttpResponse<byte[]> response, ResultLine.Errored said, Verdict verdict) {
    return new ResultLine.Errored(
        said.providerId(),
        response.statusCode(),
        requestId(response, said.requestId()),
        said.model(),
        said.code(),
        said.message(),
        said.body(),
        said.usage(),
        verdict);
  }

  private ResultLine line(HttpResponse<byte[]> response) {
    byte[] framed = form.frame().line(response.statusCode(), compact(response.body()));
    return switch (form.lines().parse(framed, 0, framed.length)) {
      case ResultLine.Succeeded done ->
          new ResultLine.Succeeded(
              done.providerId(),
              response.statusCode(),
              requestId(response, done.requestId()),
              done.model(),
              done.body(),
              done.usage());
      case ResultLine.Errored failed -> errored(response, failed, failed.verdict());
      case ResultLine other -> other;
    };
  }

  private @Nullable String requestId(HttpResponse<byte[]> response, @Nullable String otherwise) {
    return response.headers().firstValue(form.requestIdHeader()).orElse(otherwise);
  }

  /** Synchronous answers come indented; an outcome is a line, as it is from a batch. */
  private static byte[] compact(byte[] body) {
    var compacted = new ByteArrayOutputStream(body.length);
    try {
      JsonCompaction.write(body, 0, body.length, compacted);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return compacted.toByteArray();
  }
}
