package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.provider.SyncAnswer;
import dev.offpeak.provider.SyncCall;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.SyncCalls;
import dev.offpeak.provider.call.SyncForm;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.line.JsonLineParser;
import java.time.Clock;
import java.util.Arrays;

/**
 * {@link SyncProvider} for the Gemini Developer API: the model's {@code generateContent} or {@code
 * embedContent}. None of its 5xx is documented as not executed.
 */
public final class GeminiSync implements SyncProvider {

  private final GeminiRequests requests;
  private final SyncCalls calls;

  /**
   * The synchronous API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  public GeminiSync(Account account, Transport transport, Clock clock) {
    ErrorWords words = new ErrorWords(new ObjectMapper(), account.requireKey());
    this.requests = new GeminiRequests(account);
    this.calls =
        new SyncCalls(
            transport,
            new GeminiErrors(words, clock).waitingAtMost(account.calls().longestWait()),
            new SyncForm(GeminiSync::line, new JsonLineParser(GeminiLine::new), "x-request-id", 0));
  }

  /** Batches and synchronous calls name the endpoint alike: it is the method of the model. */
  @Override
  public SyncAnswer call(SyncCall request) {
    String path = GeminiRequests.model(request.model()) + ":" + request.endpoint();
    return calls.send(requests.post(path, request.body()), request);
  }

  /** An error stands under its own name in both, so that the key is all that is added. */
  private static byte[] line(int status, byte[] body) {
    String key = "{\"key\":\"" + SyncForm.ID + "\",";
    if (status / 100 == 2 || body.length == 0 || body[0] != '{') {
      return SyncForm.around(key + "\"response\":", body, "}");
    }
    return SyncForm.around(key, Arrays.copyOfRange(body, 1, body.length), "");
  }
}
