package dev.offpeak.ingest.http;

import dev.offpeak.runtime.http.OwnNames;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Without keys the programs of this machine are let in, and a browser is one of them: any page that
 * it shows can make it post here. What a page of another site sends is told by its origin, by the
 * name that it calls this machine by, and by a content type that needs no leave to be sent.
 */
final class LocalCalls {

  private static final HeaderName FETCH_SITE = HeaderNames.create("sec-fetch-site");

  /** What browsers send to other sites without asking these first; none at all is one, too. */
  private static final Set<String> SENT_UNASKED =
      Set.of("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data");

  private static final OwnNames OWN = new OwnNames(Set.of());

  private LocalCalls() {}

  /**
   * Lets a call of a local program pass.
   *
   * @throws ApiException when a page of another site may have sent it
   */
  static void require(ServerRequest request) {
    List<String> hosts = OWN.foreignHosts(request);
    if (!hosts.isEmpty()) {
      // A name of theirs that leads here makes their pages and this service one site.
      throw refused("foreign_host", "Host is " + shown(hosts.getFirst()), "host");
    }
    List<String> origins = OWN.foreignOrigins(request);
    if (!origins.isEmpty()) {
      throw refused("foreign_origin", "Origin is " + shown(origins.getFirst()), "origin");
    }
    for (String site : OwnNames.all(request, FETCH_SITE)) {
      if (site.toLowerCase(Locale.ROOT).contains("cross-site")) {
        throw refused("foreign_origin", "Sec-Fetch-Site is cross-site", "sec-fetch-site");
      }
    }
    if (Callers.bringsKey(request) || changesNothing(request)) {
      // A page would have to ask before it could send a key, and gets to read no answer.
      return;
    }
    var types = OwnNames.all(request, HeaderNames.CONTENT_TYPE);
    if (types.isEmpty() || types.stream().anyMatch(LocalCalls::isSentUnasked)) {
      throw new ApiException(
          new ApiError(
              415,
              "unsupported_content_type",
              "without API keys (auth.keys) a Content-Type is needed that says JSON: send"
                  + " application/x-ndjson or application/json, or any key",
              "content-type"));
    }
  }

  private static boolean changesNothing(ServerRequest request) {
    var method = request.prologue().method();
    return method.equals(Method.GET) || method.equals(Method.HEAD);
  }

  private static ApiException refused(String code, String what, String header) {
    return new ApiException(
        new ApiError(
            403,
            code,
            what
                + ": without API keys (auth.keys) only programs of this machine are let in, which"
                + " call it localhost or by its loopback address",
            header));
  }

  private static boolean isSentUnasked(String type) {
    return SENT_UNASKED.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /** Foreign text on one line of bounded length. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
