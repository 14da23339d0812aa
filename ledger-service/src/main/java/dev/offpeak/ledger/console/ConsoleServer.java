package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.runtime.http.Door;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the pages. Every answer says that nothing but what comes from here may be loaded. */
public final class ConsoleServer implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleServer.class);
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final HeaderName CSP = HeaderNames.create("Content-Security-Policy");
  private static final HeaderName NO_SNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> FILES =
      Map.of(
          "console.css",
          "text/css; charset=utf-8",
          "console.js",
          "text/javascript; charset=utf-8",
          "icon.svg",
          "image/svg+xml");

  private static final Map<String, String> PROOFS =
      Map.of(
          "json",
          "application/x-ndjson",
          "csv",
          "text/csv; charset=utf-8",
          "txt",
          "text/plain; charset=utf-8");
  private static final String TEXT = "text/plain; charset=utf-8";

  private final ConsoleConfig config;
  private final Pages pages;
  private final SignIn signIn;
  private final Forms forms;
  private final WebServer server;

  /** Prepares a server; it listens from {@link #start()} on. */
  public ConsoleServer(ConsoleConfig config, Pages pages) {
    this.config = config;
    this.pages = pages;
    this.signIn = SignIn.of(config, pages.clock());
    this.forms = new Forms(config, pages.deeds(), signIn);
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(
        (chain, _, response) -> {
          response.header(CSP, POLICY).header(NO_SNIFF, "nosniff").header(REFERRER, "same-origin");
          chain.proceed();
        });
    String base = config.basePath().equals("/") ? "" : config.basePath();
    routes(routing, base);
    if (!base.isEmpty()) {
      routing.get(
          base,
          (_, response) ->
              response
                  .status(Status.MOVED_PERMANENTLY_301)
                  .header(HeaderNames.LOCATION, base + "/")
                  .send());
    }
    server = Door.ofSmallRequests(config.host(), config.port()).server().routing(routing).build();
  }

  /** Answers somebody who is known. */
  @FunctionalInterface
  private interface Answer {
    void to(Visitor visitor, ServerRequest asked, ServerResponse answer);
  }

  private void routes(HttpRules rules, String base) {
    pages
        .screens()
        .forEach(
            screen ->
                rules.get(
                    base + "/" + screen.address(),
                    known(
                        screen.right(),
                        (visitor, asked, answer) -> page(screen, visitor, asked, answer))));
    rules.get(
        base + "/savings.csv",
        known(
            Right.MONEY,
            (visitor, asked, answer) ->
                answer
                    .header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
                    .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"savings.csv\"")
                    .send(pages.csv(question(asked, visitor)))));
    PROOFS.forEach(
        (form, type) ->
            rules.get(
                base + "/proof." + form,
                known(
                    Right.MONEY,
                    (visitor, asked, answer) ->
                        answer
                            .header(HeaderNames.CONTENT_TYPE, type)
                            .send(pages.proof(form, question(asked, visitor))))));
    rules.get(
        base + "/sums",
        known(
            Right.MONEY,
            (_, _, answer) -> answer.header(HeaderNames.CONTENT_TYPE, TEXT).send(pages.sums())));
    rules.post(base + "/ask", known(Right.ACT, forms::ask));
    if (signIn instanceof KeySignIn) {
      rules.get(
          base + "/sign-in",
          (asked, answer) -> html(answer, SignInPage.of(question(asked, Visitor.ANYBODY))));
      rules.post(base + "/sign-in", forms::signIn);
      rules.post(base + "/sign-out", known(Right.MONEY, forms::signOut));
    }
    FILES.forEach(
        (file, type) -> {
          byte[] content = resource(file);
          rules.get(
              base + "/" + file,
              (_, answer) -> answer.header(HeaderNames.CONTENT_TYPE, type).send(content));
        });
  }

  /** Only for somebody who is known and may do that. */
  private Handler known(Right right, Answer then) {
    return (asked, answer) -> {
      Visitor visitor = signIn.visitor(asked);
      if (visitor == null) {
        unknown(asked, answer);
      } else if (!visitor.may(right)) {
        answer
            .status(Status.FORBIDDEN_403)
            .header(HeaderNames.CONTENT_TYPE, TEXT)
            .send(
                "the role of "
                    + visitor.name()
                    + " ("
                    + visitor.role().name().toLowerCase(Locale.ROOT)
                    + ") does not show this\n");
      } else {
        then.to(visitor, asked, answer);
      }
    };
  }

  private void unknown(ServerRequest asked, ServerResponse answer) {
    String accepts = asked.headers().first(HeaderNames.ACCEPT).orElse("");
    if (signIn instanceof KeySignIn && accepts.contains("text/html")) {
      String path = asked.path().path();
      String page = path.substring(path.lastIndexOf('/') + 1);
      String to = question(asked, Visitor.ANYBODY).address(page);
      answer
          .status(Status.SEE_OTHER_303)
          .header(HeaderNames.LOCATION, Question.about("sign-in", "to", to))
          .send();
      return;
    }
    answer.header(HeaderNames.CONTENT_TYPE, TEXT);
    switch (signIn) {
      case NoSignIn _ ->
          answer
              .status(Status.FORBIDDEN_403)
              .send(
                  "only this machine's own names (localhost, 127.0.0.1) and those of"
                      + " console.names are answered\n");
      case ProxySignIn _ ->
          answer
              .status(Status.FORBIDDEN_403)
              .send(
                  "only the proxy that signs people in is answered (console.proxy), and only when"
                      + " it says who asks\n");
      case KeySignIn _ ->
          answer
              .status(Status.UNAUTHORIZED_401)
              .header(HeaderNames.WWW_AUTHENTICATE, "Bearer")
              .send("a key of the console is needed: Authorization: Bearer KEY\n");
    }
  }

  private void page(Screen screen, Visitor visitor, ServerRequest asked, ServerResponse answer) {
    String html;
    try {
      html = pages.html(screen, question(asked, visitor));
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .setCause(e)
          .addKeyValue("page", screen.address())
          .log("a page can't be shown");
      answer.status(Status.SERVICE_UNAVAILABLE_503);
      html = pages.inTrouble(screen, visitor, e);
    }
    html(answer, html);
  }

  private static void html(ServerResponse answer, String html) {
    answer
        .header(HeaderNames.CONTENT_TYPE, HTML)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(html.getBytes(UTF_8));
  }

  private static Question question(ServerRequest asked, Visitor visitor) {
    Map<String, String> values = new HashMap<>();
    asked.query().toMap().forEach((name, all) -> values.put(name, all.getLast()));
    return new Question(values, visitor);
  }

  private static byte[] resource(String name) {
    try (InputStream file = ConsoleServer.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the port is taken
   */
  public void start() {
    server.start();
    // Helidon logs a port that is taken, and returns.
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "cannot listen on %s:%d (console.host, console.port): another program may be using the port"
              .formatted(config.host(), config.port()));
    }
    LOGGER.atInfo().addKeyValue("port", port()).log("the console listens");
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
