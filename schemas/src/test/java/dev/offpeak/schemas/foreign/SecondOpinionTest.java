package dev.offpeak.schemas.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.registry.SchemaUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Someone else's deserializer in front of a registry that does not tell one schema. */
class SecondOpinionTest {

  private static final byte[] VALUE = {0, 0, 0, 0, 7, 1};
  private static final int TRIES = 10_000;

  private HttpServer registry;
  private volatile int statusOfAll = 200;

  @BeforeEach
  void start() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/schemas", exchange -> answer(exchange, 500));
    registry.createContext("/", exchange -> answer(exchange, statusOfAll));
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void oneSchemaThatIsNotToldIsGivenUpAfterTheUsualPatience() {
    try (var deserializer = deserializer("http://127.0.0.1:" + registry.getAddress().getPort())) {
      assertThat(thrownBy(deserializer)).isExactlyInstanceOf(RegistryUnavailable.class);

      Throwable thrown = thrownBy(deserializer);
      for (int i = 0; i < TRIES && thrown instanceof RegistryUnavailable; i++) {
        thrown = thrownBy(deserializer);
      }

      assertThat(thrown).isInstanceOf(SchemaUnavailable.class);
    }
  }

  @Test
  void aRegistryThatIsWhollySickIsWaitedFor() {
    statusOfAll = 500;
    try (var deserializer = deserializer("http://127.0.0.1:" + registry.getAddress().getPort())) {
      for (int i = 0; i < 20; i++) {
        assertThat(thrownBy(deserializer)).isExactlyInstanceOf(RegistryUnavailable.class);
      }
    }
  }

  @Test
  void whatOnlyTheOtherClientUnderstandsIsLeftToIt() {
    try (var deserializer = deserializer("odd:registry")) {
      assertThat(thrownBy(deserializer)).isExactlyInstanceOf(RegistryUnavailable.class);
      assertThat(thrownBy(deserializer)).isExactlyInstanceOf(RegistryUnavailable.class);
    }
  }

  private static Throwable thrownBy(Deserializer<String> deserializer) {
    return catchThrowable(() -> deserializer.deserialize("llm.requests", VALUE));
  }

  private static Deserializer<String> deserializer(String url) {
    Deserializer<String> foreign =
        (_, _) -> {
          throw new SerializationException(
              "Error retrieving Avro schema", new RestClientException());
        };
    return new ForeignDeserializer<>(
        foreign,
        String.class,
        new SecondOpinion(Map.of("schema.registry.url", url, "schema.patience.ms", "1")));
  }

  /** Called as Confluent's is. */
  private static final class RestClientException extends Exception {

    private static final long serialVersionUID = 1L;

    RestClientException() {
      super("Internal Server Error; error code: 50001");
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      byte[] body = "[]".getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
