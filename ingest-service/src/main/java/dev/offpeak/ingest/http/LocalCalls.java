package dev.offpeak.ingest.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
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

  private LocalCalls() {}

  /**
   * Lets a call of a local program pass.
   *
   * @throws ApiException when a page of another site may have sent it
   */
  static void require(ServerRequest request) {
    for (String host : all(request, HeaderNames.HOST)) {
      if (!isLocal("http://" + host)) {
        // A name of theirs that leads here makes their pages and this service one site.
        throw refused("foreign_host", "Host is " + shown(host), "host");
      }
    }
    for (String origin : all(request, HeaderNames.ORIGIN)) {
      if (!isLocal(origin)) {
        throw refused("foreign_origin", "Origin is " + shown(origin), "origin");
      }
    }
    for (String site : all(request, FETCH_SITE)) {
      if (site.toLowerCase(Locale.ROOT).contains("cross-site")) {
        throw refused("foreign_origin", "Sec-Fetch-Site is cross-site", "sec-fetch-site");
      }
    }
    if (Callers.bringsKey(request) || changesNothing(request)) {
      // A page would have to ask before it could send a key, and gets to read no answer.
      return;
    }
    var types = all(request, HeaderNames.CONTENT_TYPE);
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

  private static boolean isLocal(String address) {
    try {
      String host = URI.create(address).getHost();
      if (host == null) {
        return false;
      }
      String name = host.toLowerCase(Locale.ROOT);
      boolean isNumber = name.startsWith("[") || name.matches("\\d+(\\.\\d+){3}");
      // Only numbers are asked for: the name of another site may lead here.
      return name.equals("localhost")
          || (isNumber && InetAddress.getByName(name).isLoopbackAddress());
    } catch (IllegalArgumentException | UnknownHostException e) {
      return false;
    }
  }

  private static boolean isSentUnasked(String type) {
    return SENT_UNASKED.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /** All of them: who sends two could show one to a proxy and the other to us. */
  private static List<String> all(ServerRequest request, HeaderName name) {
    return request.headers().all(name, List::of);
  }

  /** Foreign text on one line of bounded length. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
