package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.runtime.http.Door;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
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

  private final ConsoleConfig config;
  private final Pages pages;
  private final WebServer server;

  /** Prepares a server; it listens from {@link #start()} on. */
  public ConsoleServer(ConsoleConfig config, Pages pages) {
    this.config = config;
    this.pages = pages;
    Visitors visitors = new Visitors(config.names());
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(
        (chain, request, response) -> {
          response.header(CSP, POLICY).header(NO_SNIFF, "nosniff").header(REFERRER, "no-referrer");
          if (visitors.mayCome(request)) {
            chain.proceed();
          } else {
            response
                .status(Status.FORBIDDEN_403)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(Visitors.REFUSAL);
          }
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

  private void routes(HttpRules rules, String base) {
    pages
        .screens()
        .forEach(
            screen ->
                rules.get(
                    base + "/" + screen.address(), (asked, answer) -> page(screen, asked, answer)));
    rules.get(
        base + "/savings.csv",
        (asked, answer) ->
            answer
                .header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
                .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"savings.csv\"")
                .send(pages.csv(question(asked))));
    PROOFS.forEach(
        (form, type) ->
            rules.get(
                base + "/proof." + form,
                (asked, answer) ->
                    answer
                        .header(HeaderNames.CONTENT_TYPE, type)
                        .send(pages.proof(form, question(asked)))));
    rules.get(
        base + "/sums",
        (_, answer) ->
            answer
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(pages.sums()));
    FILES.forEach(
        (file, type) -> {
          byte[] content = resource(file);
          rules.get(
              base + "/" + file,
              (_, answer) -> answer.header(HeaderNames.CONTENT_TYPE, type).send(content));
        });
  }

  private void page(Screen screen, ServerRequest asked, ServerResponse answer) {
    answer.header(HeaderNames.CONTENT_TYPE, HTML).header(HeaderNames.CACHE_CONTROL, "no-store");
    String html;
    try {
      html = pages.html(screen, question(asked));
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .setCause(e)
          .addKeyValue("page", screen.address())
          .log("a page can't be shown");
      answer.status(Status.SERVICE_UNAVAILABLE_503);
      html = pages.whole(Trouble.of(screen, e), Visitor.ANYBODY);
    }
    answer.send(html.getBytes(UTF_8));
  }

  private static Question question(ServerRequest asked) {
    Map<String, String> values = new HashMap<>();
    asked.query().toMap().forEach((name, all) -> values.put(name, all.getLast()));
    return new Question(values);
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
