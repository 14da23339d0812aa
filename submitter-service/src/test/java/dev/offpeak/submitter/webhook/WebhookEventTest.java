package dev.offpeak.submitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEventTest {

  @ParameterizedTest
  @ValueSource(strings = {"batch.completed", "batch.failed", "batch.expired", "batch.cancelled"})
  void openAisEventsOfBatchesNameTheJob(String type) throws IOException {
    assertThat(
            parse(
                    "{\"id\":\"evt_1\",\"object\":\"event\",\"created_at\":1,\"type\":\""
                        + type
                        + "\",\"data\":{\"extra\":[{\"id\":\"no\"}],\"id\":\"batch_1\"}}")
                .jobId())
        .contains("batch_1");
  }

  @ParameterizedTest
  @CsvSource({"batches/abc,batches/abc", "abc,batches/abc"})
  void geminisIdsAreUnderstoodWithAndWithoutTheCollection(String id, String job)
      throws IOException {
    assertThat(
            parse(
                    "{\"type\":\"batch.succeeded\",\"version\":\"v1\",\"data\":{\"id\":\""
                        + id
                        + "\",\"output_file_uri\":\"files/x\"}}")
                .jobId())
        .contains(job);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"response.completed\",\"data\":{\"id\":\"resp_1\"}}",
        "{\"type\":\"batch.completed\"}",
        "{\"type\":\"batch.completed\",\"data\":null}",
        "{\"type\":\"batch.completed\",\"data\":{\"id\":null}}",
        "{\"type\":[\"batch.completed\"],\"data\":{\"id\":{\"id\":\"batch_1\"}}}"
      })
  void anythingElseIsAboutNoJob(String body) throws IOException {
    assertThat(parse(body).jobId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void noOtherEncodingIsGuessed(String charset) {
    byte[] body = "{\"type\":\"batch.completed\"}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> WebhookEvent.parse(body)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"batch.completed\"", "{\"type\":", "no json"})
  void whatIsNoObjectIsRefused(String body) {
    assertThatThrownBy(() -> parse(body)).isInstanceOf(IOException.class);
  }

  @Test
  void aTypeAfterTheDataCountsAsWell() throws IOException {
    assertThat(parse("{\"data\":{\"id\":\"batch_1\"},\"type\":\"batch.failed\"}").jobId())
        .contains("batch_1");
  }

  private static WebhookEvent parse(String body) throws IOException {
    return WebhookEvent.parse(body.getBytes(UTF_8));
  }
}
