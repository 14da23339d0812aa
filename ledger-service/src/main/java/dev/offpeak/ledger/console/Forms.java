package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.runtime.http.OwnNames;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What browsers send: forms of our own pages only. */
final class Forms {

  private static final int LONGEST = 16_384;

  private final Deeds deeds;
  private final SignIn signIn;
  private final OwnNames names;
  private final String cookiePath;

  Forms(ConsoleConfig config, Deeds deeds, SignIn signIn) {
    this.deeds = deeds;
    this.signIn = signIn;
    this.names = new OwnNames(config.names());
    this.cookiePath = config.basePath().equals("/") ? "/" : config.basePath() + "/";
  }

  /** Why a form is not taken; null when it is. */
  private @Nullable String refusal(ServerRequest request) {
    if (request
        .headers()
        .first(HeaderNames.create("Sec-Fetch-Site"))
        .filter(site -> !site.equals("same-origin"))
        .isPresent()) {
      return "a form of another site is not taken";
    }
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    boolean foreign =
        names.foreignOrigins(request).stream().anyMatch(origin -> !isHere(origin, host));
    return foreign
        ? "a form of another site is not taken; a proxy that changes Host has its name in"
            + " console.names"
        : null;
  }

  private static boolean isHere(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null
          && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Map<String, String> values(ServerRequest request) {
    byte[] body;
    try (InputStream in = request.content().inputStream()) {
      body = in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("the form can't be read", e);
    }
    if (body.length > LONGEST) {
      throw new IllegalArgumentException("a form has at most " + LONGEST + " bytes");
    }
    Map<String, String> values = new HashMap<>();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      String[] both = pair.split("=", 2);
      if (both.length == 2) {
        values.put(URLDecoder.decode(both[0], UTF_8), URLDecoder.decode(both[1], UTF_8));
      }
    }
    return values;
  }

  /** Somebody has confirmed something. */
  void ask(Visitor visitor, ServerRequest request, ServerResponse response) {
    String refusal = refusal(request);
    Map<String, String> values = refusal == null ? values(request) : Map.of();
    Deed deed = Deed.of(values).orElse(null);
    if (refusal != null || deed == null || !isOf(visitor, values)) {
      refuse(response, refusal == null ? "this form is not one of ours, or is too old" : refusal);
    } else if (!visitor.may(Right.ACT) || !deeds.mayBeDone()) {
      refuse(response, "only an operator may ask for this, where console.actions is true");
    } else {
      deeds.begin(deed, visitor.name(), values.getOrDefault("replay", "console"));
      seeOther(response, "asked");
    }
  }

  private static boolean isOf(Visitor visitor, Map<String, String> values) {
    return !visitor.token().isEmpty()
        && Tokens.same(visitor.token(), values.getOrDefault("token", ""));
  }

  /** Somebody sends a key. */
  void signIn(ServerRequest request, ServerResponse response) {
    String refusal = refusal(request);
    if (refusal != null || !(signIn instanceof KeySignIn keys)) {
      refuse(response, refusal == null ? "nobody signs in here" : refusal);
      return;
    }
    Map<String, String> values = values(request);
    String session = keys.begin(values.getOrDefault("key", "").strip());
    String to = values.getOrDefault("to", "");
    if (session == null) {
      seeOther(response, new Question(Map.of("to", to, "again", "yes")).address("sign-in"));
      return;
    }
    cookie(request, response, session, "");
    seeOther(response, isOurs(to) ? to : ".");
  }

  /** Somebody leaves. */
  void signOut(Visitor visitor, ServerRequest request, ServerResponse response) {
    String refusal = refusal(request);
    if (refusal != null || !isOf(visitor, values(request))) {
      refuse(response, refusal == null ? "this form is not one of ours, or is too old" : refusal);
      return;
    }
    if (signIn instanceof KeySignIn keys) {
      keys.end(request);
    }
    cookie(request, response, "", "; Max-Age=0");
    seeOther(response, "sign-in");
  }

  /** A page of the console with what it is asked, and nothing that leads elsewhere. */
  static boolean isOurs(String address) {
    return address.matches("[a-z-]+(\\?[A-Za-z0-9_.~%=&*+-]*)?");
  }

  private void cookie(ServerRequest request, ServerResponse response, String value, String more) {
    boolean secure =
        request
            .headers()
            .first(HeaderNames.create("X-Forwarded-Proto"))
            .filter("https"::equals)
            .isPresent();
    response.header(
        HeaderNames.SET_COOKIE,
        KeySignIn.COOKIE
            + "="
            + value
            + "; Path="
            + cookiePath
            + "; HttpOnly; SameSite=Lax"
            + (secure ? "; Secure" : "")
            + more);
  }

  private static void seeOther(ServerResponse response, String address) {
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, address).send();
  }

  private static void refuse(ServerResponse response, String why) {
    response
        .status(Status.FORBIDDEN_403)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .send((why + "\n").getBytes(UTF_8));
  }
}
