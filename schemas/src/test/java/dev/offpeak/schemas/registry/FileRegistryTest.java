package dev.offpeak.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.LlmFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryTest {

  private static final Schema ADMITTED = AdmittedRequest.getClassSchema();
  private static final Schema FAILURE = LlmFailure.getClassSchema();

  @TempDir Path folder;

  @Test
  void idsOutliveTheProcess() {
    int failure;
    int admitted;
    try (SchemaRegistry before = registry()) {
      failure = before.register("failures-value", FAILURE);
      admitted = before.register("lanes-value", ADMITTED);
    }

    try (SchemaRegistry after = registry()) {
      assertThat(after.byId(failure)).isEqualTo(FAILURE);
      assertThat(after.register("lanes-value", ADMITTED)).isEqualTo(admitted);
      assertThat(after.latest("failures-value").id()).isEqualTo(failure);
    }
  }

  @Test
  void othersSeeWhatIsRegisteredWhileTheyAreAtWork() {
    try (SchemaRegistry one = registry();
        SchemaRegistry other = registry()) {
      int failure = one.register("failures-value", FAILURE);

      assertThat(other.byId(failure)).isEqualTo(FAILURE);
      assertThat(other.register("lanes-value", ADMITTED)).isNotEqualTo(failure);
      assertThat(one.byId(other.idOf("lanes-value", ADMITTED))).isEqualTo(ADMITTED);
    }
  }

  @Test
  void aSchemaOfTwoSubjectsHasOneId() {
    try (SchemaRegistry registry = registry()) {
      assertThat(registry.register("retries-value", ADMITTED))
          .isEqualTo(registry.register("lanes-value", ADMITTED));
    }
  }

  @Test
  void aLineThatAKilledProcessDidNotFinishIsWrittenOver() throws IOException {
    try (SchemaRegistry before = registry()) {
      before.register("failures-value", FAILURE);
    }
    Files.writeString(file(), "lanes-value\t{\"type\": \"rec", StandardOpenOption.APPEND);

    try (SchemaRegistry after = registry();
        SchemaRegistry reader = registry()) {
      int admitted = after.register("lanes-value", ADMITTED);

      assertThat(reader.byId(admitted)).isEqualTo(ADMITTED);
    }
  }

  @Test
  void anIdThatNobodyHasIsRefused() {
    try (SchemaRegistry registry = registry()) {
      assertThatExceptionOfType(RegistryRefusal.class).isThrownBy(() -> registry.byId(1));
    }
  }

  private Path file() {
    return folder.resolve("a, b").resolve("schemas");
  }

  private SchemaRegistry registry() {
    String url = file().toUri().toString().replace(",", "%2C");
    return Registries.connect(Map.of("schema.registry.url", url));
  }
}
