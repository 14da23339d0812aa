package dev.offpeak.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonCalls;
import dev.offpeak.provider.http.JdkTransport;
import dev.offpeak.provider.server.Fixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever goes wrong with a few calls of an upload: the file is whole, or there is none. */
class UploadFaultsTest {

  private static final int CHUNK = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the server does with one upload call. */
  enum Fault {
    NONE,
    /** Takes half of the chunk and fails. */
    HALF,
    /** Takes the chunk and fails. */
    DONE_BUT_FAILED,
    /** Takes the chunk and answers without a status. */
    NO_STATUS,
    /** Loses all but a quarter of what it had, and fails. */
    FORGETS
  }

  private static HttpServer server;
  private static HttpClient client;
  private static Session session;

  @BeforeContainer
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> session.serve(exchange));
    server.start();
    client = BatchProviders.newHttpClient();
  }

  @AfterContainer
  static void stop() {
    client.close();
    server.stop(0);
  }

  @Property(tries = 150)
  void fileIsWholeOrThereIsNone(
      @ForAll @IntRange(min = 1, max = 5 * CHUNK) int length,
      @ForAll @IntRange(min = 1, max = 3 * CHUNK) int piece,
      @ForAll("faults") List<Fault> faults)
      throws IOException {
    session = new Session(faults);
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);

    Answer<JsonNode> answer = upload(content, piece);

    if (answer instanceof Answer.Ok<JsonNode>) {
      assertThat(session.isFinal).isTrue();
      assertThat(session.received.toByteArray()).isEqualTo(content);
    } else {
      assertThat(session.isFinal).isFalse();
      assertThat(faults.stream().filter(fault -> fault == Fault.FORGETS).count())
          .as("an upload is given up only when the server forgets too often")
          .isGreaterThan(3);
    }
  }

  @Provide
  Arbitrary<List<Fault>> faults() {
    return Arbitraries.of(Fault.class).list().ofMaxSize(12);
  }

  private static Answer<JsonNode> upload(byte[] content, int piece) {
    URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/session");
    ErrorWords words = new ErrorWords(JSON, "k");
    JsonCalls calls =
        new JsonCalls(
            new JdkTransport(client, Fixture.PATIENT),
            JSON,
            new GeminiErrors(words, Fixture.CLOCK),
            words,
            Fixture.PATIENT);
    return new ResumableUpload(
            calls,
            new GeminiRequests(Fixture.account(GeminiFixture.config(url))),
            GeminiFixture.NO_SLEEP,
            Fixture.PATIENT,
            url,
            content.length,
            CHUNK)
        .run(pieces(content, piece));
  }

  private static Payload pieces(byte[] content, int piece) {
    return new Payload() {
      @Override
      public long length() {
        return content.length;
      }

      @Override
      public void writeTo(OutputStream sink) throws IOException {
        for (int at = 0; at < content.length; at += piece) {
          sink.write(content, at, Math.min(piece, content.length - at));
        }
      }
    };
  }

  /** Keeps what arrives where it belongs, strictly. */
  private static final class Session {

    private final List<Fault> faults;
    private ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean isFinal;
    private int calls;

    Session(List<Fault> faults) {
      this.faults = faults;
    }

    synchronized void serve(HttpExchange exchange) throws IOException {
      try (exchange) {
        String command = exchange.getRequestHeaders().getFirst("X-Goog-Upload-Command");
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (command.equals("query")) {
          answer(exchange, 200, true);
        } else {
          upload(exchange, command, body);
        }
      }
    }

    private void upload(HttpExchange exchange, String command, byte[] body) throws IOException {
      long offset = Long.parseLong(exchange.getRequestHeaders().getFirst("X-Goog-Upload-Offset"));
      if (isFinal || offset != received.size()) {
        answer(exchange, 400, true);
        return;
      }
      Fault fault = calls < faults.size() ? faults.get(calls) : Fault.NONE;
      calls++;
      received.write(body, 0, fault == Fault.HALF ? body.length / 2 : body.length);
      if (fault == Fault.FORGETS) {
        byte[] kept = Arrays.copyOf(received.toByteArray(), received.size() / 4);
        received = new ByteArrayOutputStream();
        received.writeBytes(kept);
      }
      boolean whole = fault != Fault.HALF && fault != Fault.FORGETS;
      isFinal = whole && command.contains("finalize");
      switch (fault) {
        case NONE -> answer(exchange, 200, true);
        case NO_STATUS -> answer(exchange, 200, false);
        case HALF, DONE_BUT_FAILED, FORGETS -> answer(exchange, 503, false);
      }
    }

    private void answer(HttpExchange exchange, int status, boolean withStatus) throws IOException {
      if (withStatus) {
        exchange.getResponseHeaders().set("X-Goog-Upload-Status", isFinal ? "final" : "active");
        exchange
            .getResponseHeaders()
            .set("X-Goog-Upload-Size-Received", String.valueOf(received.size()));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }
}
