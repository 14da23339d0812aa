package dev.offpeak.provider.anthropic;

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

/** {@link SyncProvider} for Anthropic: {@code /v1/messages}, whose body is a batch's params. */
public final class AnthropicSync implements SyncProvider {

  /** Overloaded: turned away at the door. */
  private static final int OVERLOADED = 529;

  private final AnthropicRequests requests;
  private final SyncCalls calls;

  /**
   * The synchronous API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  public AnthropicSync(Account account, Transport transport, Clock clock) {
    ErrorWords words = new ErrorWords(new ObjectMapper(), account.requireKey());
    this.requests = new AnthropicRequests(account);
    this.calls =
        new SyncCalls(
            transport,
            new AnthropicErrors(words, clock).waitingAtMost(account.calls().longestWait()),
            new SyncForm(
                AnthropicSync::line,
                new JsonLineParser(AnthropicLine::new),
                "request-id",
                OVERLOADED));
  }

  @Override
  public SyncAnswer call(SyncCall request) {
    return calls.send(requests.message(request.body(), request.edition()), request);
  }

  private static byte[] line(int status, byte[] body) {
    String type = status / 100 == 2 ? "\"succeeded\",\"message\"" : "\"errored\",\"error\"";
    return SyncForm.around(
        "{\"custom_id\":\"%s\",\"result\":{\"type\":%s:".formatted(SyncForm.ID, type), body, "}}");
  }
}
