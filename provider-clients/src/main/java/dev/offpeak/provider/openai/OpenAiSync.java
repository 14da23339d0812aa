package dev.offpeak.provider.openai;

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
import java.util.regex.Pattern;

/**
 * {@link SyncProvider} for OpenAI: the endpoint of the line itself. None of its 5xx is documented
 * as not executed.
 */
public final class OpenAiSync implements SyncProvider {

  /** Endpoints are named with the version, which an account's address ends with. */
  private static final Pattern VERSION = Pattern.compile("^/v\\d+(?=/)");

  private final Account account;
  private final OpenAiRequests requests;
  private final SyncCalls calls;

  /**
   * The synchronous API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  public OpenAiSync(Account account, Transport transport, Clock clock) {
    ErrorWords words = new ErrorWords(new ObjectMapper(), account.requireKey());
    this.account = account;
    this.requests = new OpenAiRequests(account);
    this.calls =
        new SyncCalls(
            transport,
            new OpenAiErrors(words, clock).waitingAtMost(account.calls().longestWait()),
            new SyncForm(OpenAiSync::line, new JsonLineParser(OpenAiLine::new), "x-request-id", 0));
  }

  @Override
  public SyncAnswer call(SyncCall request) {
    String bare = VERSION.matcher(request.endpoint()).replaceFirst("");
    String path = account.profile().callPath(account, request.model(), bare);
    return calls.send(requests.post(path, request.body()), request);
  }

  private static byte[] line(int status, byte[] body) {
    return SyncForm.around(
        "{\"custom_id\":\"%s\",\"response\":{\"status_code\":%d,\"body\":"
            .formatted(SyncForm.ID, status),
        body,
        "}}");
  }
}
