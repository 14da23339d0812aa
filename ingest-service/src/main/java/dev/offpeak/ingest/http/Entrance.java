package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.KeyBook;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/** Lets callers in: those with a key, or programs of this machine where there are no keys. */
public final class Entrance {

  private final Callers callers;
  private final ApiKeys keys;

  public Entrance(ApiKeys keys) {
    this.callers = new Callers(keys);
    this.keys = keys;
  }

  /**
   * Who calls, and for which tenant.
   *
   * @throws ApiException when nobody does who may
   */
  public Caller admit(ServerRequest request) {
    var caller = caller(request);
    if (!caller.hasKey()) {
      LocalCalls.require(request);
    }
    String tenant =
        RecordStamp.tenant(name -> request.headers().first(HeaderNames.create(name)), caller)
            .orElse(null);
    return caller.of(tenant);
  }

  private Caller caller(ServerRequest request) {
    try {
      return callers.of(request);
    } catch (KeyBook.NotRead e) {
      throw new ApiException(
          new ApiError(
              503,
              "keys_unavailable",
              "the API keys of this installation are not known yet (llm.keys): try again in a"
                  + " moment"));
    }
  }

  /** How many keys there are. */
  public int keys() {
    return keys.size();
  }
}
