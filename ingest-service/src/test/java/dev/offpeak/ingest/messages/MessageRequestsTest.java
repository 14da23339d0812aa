package dev.offpeak.ingest.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.files.MemoryFiles;
import dev.offpeak.ingest.http.ApiException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class MessageRequestsTest {

  private static final String PARAMS =
      "\"params\":{\"model\":\"claude-x\",\"max_tokens\":9,\"messages\":[]}";

  private final MemoryFiles files = new MemoryFiles();

  @Test
  void eachRequestIsALineAsItWasSent() throws Exception {
    String lines =
        read(
            "{\"ignored\":1,\"requests\":[{\"custom_id\":\"a\",%s},\n {\"custom_id\":\"b\",\n%s}]}"
                .formatted(PARAMS, PARAMS));

    assertThat(lines)
        .isEqualTo(
            "{\"custom_id\":\"a\",%s}\n{\"custom_id\":\"b\", %s}\n".formatted(PARAMS, PARAMS));
  }

  @Test
  void oneThatCannotBeSentRefusesAllAndIsNamed() {
    Map.of(
            "{\"requests\":[]}", "one request at least",
            "{}", "one request at least",
            "{\"requests\":[{\"custom_id\":\"a b\",%s}]}", "requests.0.custom_id: 'a b'",
            "{\"requests\":[{\"custom_id\":\"a\",%s},{\"custom_id\":\"a\",%s}]}",
                "requests.1.custom_id: 'a' stands in an earlier",
            "{\"requests\":[{%s}]}", "requests.0: \"custom_id\"",
            "{\"requests\":[{\"custom_id\":\"a\",\"params\":{\"model\":\"m\",\"stream\":true}}]}",
                "requests.0: \"stream\" is true",
            "{\"requests\":[{\"custom_id\":\"a\",\"params\":{}}]}", "requests.0: \"model\"",
            "{\"requests\":[{\"key\":\"a\",\"request\":{\"model\":\"m\",\"contents\":[]}}]}",
                "requests.0: a request is")
        .forEach(
            (body, said) ->
                assertThatThrownBy(() -> read(body.replace("%s", PARAMS)))
                    .as(body)
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining(said));
  }

  private String read(String body) throws Exception {
    try (FileStore.Writing lines = files.begin()) {
      var _ =
          MessageRequests.read(
              new ByteArrayInputStream(body.getBytes(UTF_8)), lines, new RecordHeaders(), 10_000);
      return files.text(lines.finish());
    }
  }
}
