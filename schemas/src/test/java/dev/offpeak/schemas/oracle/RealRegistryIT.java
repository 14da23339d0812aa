package dev.offpeak.schemas.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.RegistryRefusal;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.registry.SchemaRegistry;
import dev.offpeak.testkit.registry.RealRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our registry client and serializers beside the real ones: Apicurio's registry, Confluent's
 * classes.
 */
class RealRegistryIT {

  private static RealRegistry real;

  @BeforeAll
  static void start() {
    real = RealRegistry.start();
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  @Test
  void registersFindsAndReadsSchemas() {
    try (var registry = connect(real.url());
        var other = connect("http://127.0.0.1:1," + real.url())) {
      int id = registry.register("plain-value", LlmRequest.getClassSchema());

      assertThat(other.register("plain-value", LlmRequest.getClassSchema())).isEqualTo(id);
      assertThat(connect(real.url()).idOf("plain-value", LlmRequest.getClassSchema()))
          .isEqualTo(id);
      assertThat(other.byId(id)).isEqualTo(LlmRequest.getClassSchema());
      assertThat(other.latest("plain-value").id()).isEqualTo(id);
      assertThat(registry.register("plain-2-value", ControlRecord.getClassSchema()))
          .isNotEqualTo(id);
    }
  }

  @Test
  void whatItDoesNotHaveIsRefused() {
    try (var registry = connect(real.url())) {
      registry.register("known-value", LlmRequest.getClassSchema());

      assertThatThrownBy(() -> registry.byId(1_000_000)).isInstanceOf(RegistryRefusal.class);
      assertThatThrownBy(() -> registry.latest("no-such-subject"))
          .isInstanceOf(RegistryRefusal.class);
      assertThatThrownBy(() -> registry.idOf("no-such-subject", LlmRequest.getClassSchema()))
          .isInstanceOf(RegistryRefusal.class);
      assertThatThrownBy(() -> registry.idOf("known-value", ControlRecord.getClassSchema()))
          .isInstanceOf(RegistryRefusal.class);
    }
  }

  @Test
  void anIncompatibleSchemaIsRefused() throws Exception {
    Schema first = record("{\"name\":\"a\",\"type\":\"string\"}");
    Schema incompatible = record("{\"name\":\"b\",\"type\":\"string\"}");
    try (var registry = connect(real.url())) {
      registry.register("strict-value", first);
      put("/config/strict-value", "{\"compatibility\":\"BACKWARD\"}");

      assertThatThrownBy(() -> registry.register("strict-value", incompatible))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("strict-value");
    }
  }

  @Test
  void aUrlWithoutItsPathIsNoRegistry() {
    try (var registry = connect(real.base().toString())) {
      assertThatThrownBy(() -> registry.byId(1))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("/apis/ccompat/v7");
    }
  }

  @ParameterizedTest
  @EnumSource(ConfluentClasses.class)
  void confluentsSerializersAndOursReadEachOther(ConfluentClasses classes) throws Exception {
    classes.run(InteropCheck.class, real.url());
  }

  @Test
  void confluentsSerializersTakeThePlaceOfOursByConfiguration() throws Exception {
    ConfluentClasses.WITH_OUR_LIBRARIES.run(DropInCheck.class, real.url());
  }

  private static SchemaRegistry connect(String url) {
    return Registries.connect(Map.of("schema.registry.url", url));
  }

  private static Schema record(String field) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field + "]}");
  }

  private static void put(String path, String body) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(real.url() + path))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString(body))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }
}
