package dev.offpeak.simulator.openai.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScannerTest {
  private static RequestFacts body(String json) throws IOException {
    return RequestScanner.body(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"messages\":[]}",
        "{ \"model\" : \"ä€😀\" , \"x\":{\"y\":[{}]} }",
        "{}"
      })
  void knowsWhereTheBodyIsToTheByte(String body) throws IOException {
    // Given: something before and behind the line, as in a read buffer
    String line =
        "{\"url\":\"/ü\", \"body\" : " + body + " ,\"custom_id\":\"a\",\"method\":\"POST\"}";
    byte[] buffer = ("garbage" + line + "garbage").getBytes(StandardCharsets.UTF_8);
    int length = line.getBytes(StandardCharsets.UTF_8).length;
    // When
    RequestFacts facts = RequestScanner.line(buffer, 7, length);
    // Then
    assertThat(
            new String(
                buffer, facts.bodyStart, facts.bodyEnd - facts.bodyStart, StandardCharsets.UTF_8))
        .isEqualTo(body);
    assertThat(facts.customId).isEqualTo("a");
    assertThat(facts.url).isEqualTo("/ü");
    assertThat(facts.method).isEqualTo("POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"input\":\"one\"}; 1",
        "{\"input\":[\"a\",\"b\",\"c\"]}; 3",
        "{\"input\":[1,2,3]}; 1",
        "{\"input\":[[1,2],[3]]}; 2",
        "{\"input\":[]}; 0",
        "{\"messages\":[{\"content\":[{\"text\":\"a\"},{\"text\":\"b\"}]},{\"content\":\"c\"}]}; 2"
      })
  void countsInputs(String json, int items) throws IOException {
    assertThat(body(json).items).isEqualTo(items);
  }

  @Test
  void chargesTextByItsLengthAndAnImageByItsPrice() throws IOException {
    // When
    long text = body("{\"messages\":[{\"content\":\"" + "x".repeat(4000) + "\"}]}").promptTokens();
    long image =
        body("{\"messages\":[{\"content\":[{\"image_url\":\"data:image/png;base64,"
                + "A".repeat(400_000)
                + "\"}]}]}")
            .promptTokens();
    // Then
    assertThat(text).isBetween(1000L, 1020L);
    assertThat(image).isBetween(765L, 790L);
  }

  @Test
  void readsWhatShapesTheAnswer() throws IOException {
    // When
    RequestFacts facts =
        body(
            "{\"model\":\"m\",\"n\":2,\"max_completion_tokens\":9,\"stream\":true,\"dimensions\":8,"
                + "\"encoding_format\":\"base64\",\"response_format\":{\"type\":\"json_object\"},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"What?\"}]}");
    // Then
    assertThat(facts.model).isEqualTo("m");
    assertThat(facts.choices).isEqualTo(2);
    assertThat(facts.maxTokens).isEqualTo(9);
    assertThat(facts.maxTokensParam).isEqualTo("max_completion_tokens");
    assertThat(facts.stream).isTrue();
    assertThat(facts.dimensions).isEqualTo(8);
    assertThat(facts.base64).isTrue();
    assertThat(facts.text.wantsJson()).isTrue();
    assertThat(facts.text.topic()).isEqualTo("What?");
    assertThat(body("{\"response_format\":{\"type\":\"text\"}}").text.wantsJson()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{", "{}{}", "{\"a\":}", "{\"body\":{}", "{\"a\":1,}"})
  void whatIsNoObjectIsRefused(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> RequestScanner.line(bytes, 0, bytes.length))
        .isInstanceOf(IOException.class);
  }
}
