package dev.offpeak.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.simulator.fault.Hostility;
import dev.offpeak.simulator.fault.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Answers in the place of true ones, as far as a server can send them. */
final class HostileReplies {
  private static final int MEGABYTE = 1 << 20;
  private static final int GIGABYTE = 1 << 30;

  private HostileReplies() {}

  /** The answer to a call; of those that are sent byte by byte only the status counts. */
  static Reply of(Hostility hostility, ProviderFront front, Exchange exchange) {
    return switch (hostility) {
      case ENDLESS_BODY -> Reply.lines(out -> repeat(out, "x".repeat(MEGABYTE), Long.MAX_VALUE));
      case ENDLESS_LINES ->
          Reply.lines(
              out ->
                  repeat(
                      out,
                      "{\"custom_id\":\"nobody\",\"key\":\"nobody\"}\n".repeat(1000),
                      Long.MAX_VALUE));
      case GIANT_LINE -> Reply.lines(out -> repeat(out, "x".repeat(MEGABYTE), GIGABYTE / MEGABYTE));
      case REDIRECT_LOOP -> redirect(exchange.root() + exchange.path());
      case REDIRECT_ELSEWHERE -> redirect(elsewhere(exchange.root()) + exchange.path());
      case RETRY_IN_DECADES -> limited(front, "999999999");
      case RETRY_IN_9999 -> limited(front, "Fri, 31 Dec 9999 23:59:59 GMT");
      case RETRY_NEGATIVE -> limited(front, "-1");
      case RETRY_NAN -> limited(front, "NaN");
      case HTML ->
          text("text/html", "<!doctype html><title>Sign in</title>" + "<p>please".repeat(10_000));
      case EMPTY -> text("application/json", "");
      case WRONG_SHAPE -> text("application/json", "{\"data\":{},\"id\":[],\"status\":[[]]}");
      case GZIP_BOMB -> Reply.lines(HostileReplies::bomb).with("Content-Encoding", "gzip");
      default -> text("application/json", "");
    };
  }

  private static void repeat(OutputStream out, String text, long times) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    for (long i = 0; i < times; i++) {
      out.write(bytes);
    }
  }

  private static Reply text(String type, String body) {
    return new Reply(200, type, Map.of(), new Reply.Body.Bytes(body.getBytes(UTF_8)));
  }

  private static Reply redirect(String target) {
    return new Reply(307, "text/plain", Map.of(), new Reply.Body.Bytes(new byte[0]))
        .with("Location", target);
  }

  /** The same server under another name. */
  private static String elsewhere(String root) {
    URI here = URI.create(root);
    return "http://"
        + (here.getHost().equals("localhost") ? "127.0.0.1" : "localhost")
        + ":"
        + here.getPort();
  }

  private static Reply limited(ProviderFront front, String wait) {
    return front.problem(Problem.RATE_LIMIT, null).with("Retry-After", wait);
  }

  /** Members of a gzip file that stand one behind the other are one file. */
  private static void bomb(OutputStream out) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(" ".repeat(MEGABYTE).getBytes(UTF_8));
    }
    for (int i = 0; i < GIGABYTE / MEGABYTE; i++) {
      packed.writeTo(out);
    }
  }
}
