package dev.offpeak.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.ControlRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestRegistryTest {

  private static final Schema SCHEMA = ControlRecord.getClassSchema();

  /** Nothing listens there. */
  private static final String DEAD = "http://127.0.0.1:1";

  private final RegistryServer server = new RegistryServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void registersASchemaOnce() {
    server.answer(200, "{\"id\":42}");
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThat(registry.register("llm.control-value", SCHEMA)).isEqualTo(42);
      assertThat(registry.register("llm.control-value", SCHEMA)).isEqualTo(42);

      assertThat(server.asked())
          .singleElement()
          .satisfies(
              asked -> {
                assertThat(asked.line()).isEqualTo("POST /subjects/llm.control-value/versions");
                assertThat(asked.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
                assertThat(asked.body()).isEqualTo(RegistryJson.schema(SCHEMA.toString()));
              });
    }
  }

  @Test
  void looksAnIdUp() {
    server.answer(200, "{\"subject\":\"s\",\"version\":3,\"id\":7,\"schema\":\"…\"}");
    try (var registry = Registries.connect(properties(server.url() + "/apis/ccompat/v7/"))) {

      assertThat(registry.idOf("a b/ü-value", SCHEMA)).isEqualTo(7);

      assertThat(server.asked())
          .singleElement()
          .satisfies(
              asked ->
                  assertThat(asked.line())
                      .isEqualTo("POST /apis/ccompat/v7/subjects/a%20b%2F%C3%BC-value"));
    }
  }

  @Test
  void readsASchemaByIdOnce() {
    server.answer(200, RegistryJson.schema(SCHEMA.toString()));
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThat(registry.byId(7)).isEqualTo(SCHEMA).isSameAs(registry.byId(7));

      assertThat(server.asked())
          .singleElement()
          .satisfies(asked -> assertThat(asked.line()).isEqualTo("GET /schemas/ids/7"));
    }
  }

  @Test
  void readsTheLatestSchema() {
    server.answer(200, "{\"subject\":\"s\",\"version\":2,\"id\":9,\"schema\":\"\\\"string\\\"\"}");
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThat(registry.latest("s"))
          .isEqualTo(new RegisteredSchema(9, Schema.create(Schema.Type.STRING)));
    }
  }

  @Test
  void readsASchemaWithTheSchemasThatItRefersTo() {
    server
        .answer(
            200,
            "{\"schemaType\":\"AVRO\",\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"A\\\","
                + "\\\"fields\\\":[{\\\"name\\\":\\\"b\\\",\\\"type\\\":\\\"x.B\\\"}]}\",\"references\":"
                + "[{\"name\":\"x.B\",\"subject\":\"b-value\",\"version\":4}]}")
        .answer(
            200,
            "{\"id\":1,\"schema\":\"{\\\"type\\\":\\\"enum\\\",\\\"name\\\":\\\"x.B\\\",\\\"symbols\\\":"
                + "[\\\"ONE\\\"]}\"}");
    try (var registry = Registries.connect(properties(server.url()))) {

      Schema schema = registry.byId(7);

      assertThat(schema.getField("b").schema().getEnumSymbols()).containsExactly("ONE");
      assertThat(server.asked().getLast().line()).isEqualTo("GET /subjects/b-value/versions/4");
    }
  }

  @Test
  void asksTheNextUrlWhenOneIsAwayAndStaysWithIt() {
    server.answer(200, "{\"id\":1}");
    try (var sick = new RegistryServer().answer(503, "starting");
        var registry =
            Registries.connect(properties(DEAD + " , " + sick.url() + "," + server.url()))) {

      assertThat(registry.register("one", SCHEMA)).isEqualTo(1);
      assertThat(registry.register("two", SCHEMA)).isEqualTo(1);

      assertThat(sick.asked()).hasSize(1);
      assertThat(server.asked()).hasSize(2);
    }
  }

  @Test
  void aRegistryThatIsAwayIsNamedWithWhatItWasAsked() {
    server.answer(500, "{\"error_code\":50001,\"message\":\"store timeout\"}");
    try (var registry = Registries.connect(properties(DEAD + "," + server.url()))) {

      assertThatThrownBy(() -> registry.register("llm.control-value", SCHEMA))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("as subject llm.control-value")
          .hasMessageContaining(DEAD + " can't be reached")
          .hasMessageContaining(server.url() + " answers 500")
          .hasMessageContaining("store timeout");
    }
  }

  @Test
  void aRegistryThatIsBackIsUsed() {
    server.answer(503, "").answer(200, "{\"id\":5}");
    try (var registry = Registries.connect(properties(server.url()))) {
      assertThatThrownBy(() -> registry.register("s", SCHEMA))
          .isInstanceOf(RegistryUnavailable.class);

      assertThat(registry.register("s", SCHEMA)).isEqualTo(5);
    }
  }

  @Test
  void aConnectionThatWasClosedMeanwhileIsNoReasonToGiveUp() {
    server.answer(200, "{\"id\":5}").hangUp().answer(200, "{\"id\":6}");
    try (var registry = Registries.connect(properties(server.url()))) {
      assertThat(registry.register("first", SCHEMA)).isEqualTo(5);

      assertThat(registry.register("second", SCHEMA)).isEqualTo(6);

      assertThat(server.asked()).hasSize(3);
    }
  }

  @Test
  void oneThatDoesNotAnswerIsGivenUp() {
    var never = new CountDownLatch(1);
    server.answer(200, "{\"id\":5}", () -> await(never));
    var properties = properties(server.url());
    properties.put("http.read.timeout.ms", 100);
    try (var registry = Registries.connect(properties)) {

      assertThatThrownBy(() -> registry.register("s", SCHEMA))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("timed out");
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void oneThatDoesNotLetUsInIsNoReasonToGiveRecordsUp(int status) {
    server.answer(status, "{\"error_code\":40101,\"message\":\"Unauthorized\"}");
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThatThrownBy(() -> registry.byId(3))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("basic.auth.user.info");
    }
  }

  @Test
  void anUnknownIdIsRefused() {
    server.answer(404, "{\"error_code\":40403,\"message\":\"Schema 3 not found\"}");
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThatThrownBy(() -> registry.byId(3))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("does not give the schema with id 3: Schema 3 not found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>404 page not found</html>", "", "{}", "{\"status\":404}"})
  void a404OfSomethingElseIsNotTheRegistrysWord(String body) {
    server.answer(404, body);
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThatThrownBy(() -> registry.byId(3))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("no schema registry is under this URL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>welcome</html>", "[]", "{\"id\":", "{\"schema\":null}"})
  void aSuccessWithoutAnAnswerIsNotTheRegistrysWord(String body) {
    server.answer(200, body);
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThatThrownBy(() -> registry.byId(3))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("is the URL right?");
    }
  }

  @Test
  void anIncompatibleSchemaIsRefusedWithTheRegistrysReason() {
    server.answer(
        409, "{\"error_code\":409,\"message\":\"Schema being registered is incompatible\"}");
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThatThrownBy(() -> registry.register("llm.control-value", SCHEMA))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining(
              "does not register the schema dev.offpeak.schemas.avro.ControlRecord")
          .hasMessageContaining("Schema being registered is incompatible (HTTP 409");
    }
  }

  @Test
  void aSchemaOfAnotherKindIsRefused() {
    server.answer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}");
    try (var registry = Registries.connect(properties(server.url()))) {

      assertThatThrownBy(() -> registry.byId(3))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("it is PROTOBUF, not Avro");
    }
  }

  @Test
  void credentialsComeFromTheSettingOrTheUrl() {
    server.answer(200, "{\"id\":1}");
    var basic = "Basic dXNlcjpwYXNz";
    var inSetting = properties(server.url());
    inSetting.put("basic.auth.user.info", "user:pass");
    var longName = properties(server.url());
    longName.put("schema.registry.basic.auth.user.info", "user:pass");
    longName.put("basic.auth.credentials.source", "USER_INFO");
    var inUrl = properties(server.url().replace("http://", "http://user:pass@"));
    inUrl.put("basic.auth.credentials.source", "URL");
    var token = properties(server.url());
    token.put("bearer.auth.token", "abc");

    assertThat(authorization(inSetting)).isEqualTo(basic);
    assertThat(authorization(longName)).isEqualTo(basic);
    assertThat(authorization(inUrl)).isEqualTo(basic);
    assertThat(authorization(token)).isEqualTo("Bearer abc");
    assertThat(authorization(properties(server.url()))).isEqualTo("null");
  }

  @Test
  void credentialsAreNotShown() {
    try (var registry = Registries.connect(properties("http://user:s3cret@127.0.0.1:1"))) {

      assertThatThrownBy(() -> registry.byId(1))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("http://127.0.0.1:1")
          .hasMessageNotContaining("s3cret");
    }
    assertThatThrownBy(() -> Registries.connect(properties("http//user:s3cret@host")))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> Registries.connect(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url is not set");
    assertThatThrownBy(
            () ->
                Registries.connect(
                    Map.of(
                        "schema.registry.url",
                        DEAD,
                        "basic.auth.credentials.source",
                        "SASL_INHERIT")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SASL_INHERIT; it must be URL or USER_INFO");
    assertThatThrownBy(
            () ->
                Registries.connect(
                    Map.of("schema.registry.url", DEAD, "http.read.timeout.ms", "soon")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.read.timeout.ms is soon");
  }

  private String authorization(Map<String, Object> properties) {
    try (var registry = Registries.connect(properties)) {
      registry.register("s", SCHEMA);
    }
    return server.asked().getLast().authorization();
  }

  private static Map<String, Object> properties(String url) {
    return new HashMap<>(Map.of("schema.registry.url", url));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
