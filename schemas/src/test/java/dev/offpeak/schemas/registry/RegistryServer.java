package dev.offpeak.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server that gives prepared answers, in order, and remembers what it was asked. */
final class RegistryServer implements AutoCloseable {

  /** A request as it came. */
  record Asked(String line, String authorization, String contentType, String body) {}

  private record Prepared(int status, String body, Runnable before) {}

  private static final int NOTHING = 0;

  private final HttpServer server;
  private final ConcurrentLinkedDeque<Prepared> answers = new ConcurrentLinkedDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  RegistryServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answer; the last one prepared is given from then on. */
  RegistryServer answer(int status, String body) {
    return answer(status, body, () -> {});
  }

  RegistryServer answer(int status, String body, Runnable before) {
    answers.add(new Prepared(status, body, before));
    return this;
  }

  /** Next it closes the connection instead of answering, as one that was kept for too long. */
  RegistryServer hangUp() {
    answers.add(new Prepared(NOTHING, "", () -> {}));
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          new Asked(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Prepared answer = answers.size() > 1 ? answers.poll() : answers.peek();
      answer.before().run();
      if (answer.status() == NOTHING) {
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
