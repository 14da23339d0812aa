package dev.offpeak.ingest.resources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.ingest.files.MemoryFiles;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.line.JsonItems;
import dev.offpeak.schemas.request.Endpoints;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.io.ByteArrayInputStream;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class BatchBodyTest {

  private final MemoryFiles files = new MemoryFiles();

  @Test
  void requestsBecomeLinesNamedByTheirPlaceWithWhatCameBesideThem() throws Exception {
    BatchBody body =
        read(
            Endpoints.GENERATE_CONTENT,
            "{\"batch\":{\"displayName\":\"d\",\"inputConfig\":{\"requests\":{\"requests\":["
                + "{\"metadata\":{\"key\":\"k\"},\"request\":{\"contents\":[ ]}},"
                + "{\"request\":{\"contents\":[1]}}]}}}}");

    assertThat(files.text(Objects.requireNonNull(body.finish())))
        .isEqualTo(
            "{\"key\":\"0\",\"request\":{\"contents\":[ ]},\"metadata\":{\"key\":\"k\"}}\n"
                + "{\"key\":\"1\",\"request\":{\"contents\":[1]}}\n");
    assertThat(body.displayName()).isEqualTo("d");
    assertThat(body.count()).isEqualTo(2);
  }

  @Test
  void bothSpellingsAreTaken() throws Exception {
    BatchBody body =
        read(
            Endpoints.EMBED_CONTENT,
            "{\"batch\":{\"display_name\":\"d\",\"input_config\":{\"file_name\":\"files/x\"}}}");

    assertThat(body.displayName()).isEqualTo("d");
    assertThat(body.fileName()).isEqualTo("files/x");
    assertThat(body.finish()).isNull();
  }

  @Test
  void aRequestOfAnotherMethodIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    Endpoints.EMBED_CONTENT,
                    "{\"batch\":{\"inputConfig\":{\"requests\":{\"requests\":["
                        + "{\"request\":{\"content\":{}}},{\"request\":{\"contents\":[]}}]}}}}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("requests[1]: the request is none of embedContent");
  }

  private BatchBody read(String endpoint, String json) throws Exception {
    Headers headers = new RecordHeaders().add(OffpeakHeaders.MODEL, "gemini-x".getBytes(UTF_8));
    BatchBody body = new BatchBody(files, endpoint, headers);
    JsonItems.read(new ByteArrayInputStream(json.getBytes(UTF_8)), 10_000, body);
    return body;
  }
}
