package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/** Lets callers in: those with a key, or programs of this machine where there are no keys. */
public final class Entrance {

  private final Callers callers;
  private final boolean localOnly;

  public Entrance(ApiKeys keys) {
    this.callers = new Callers(keys);
    this.localOnly = keys.isEmpty();
  }

  /**
   * Who calls, and for which tenant.
   *
   * @throws ApiException when nobody does who may
   */
  public Caller admit(ServerRequest request) {
    var caller = callers.of(request);
    if (localOnly) {
      LocalCalls.require(request);
    }
    String tenant =
        RecordStamp.tenant(name -> request.headers().first(HeaderNames.create(name)), caller)
            .orElse(null);
    return new Caller(caller.name(), tenant, caller.mayChooseTenant());
  }
}
