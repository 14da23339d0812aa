package dev.offpeak.operations.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelSwapTest {

  @Test
  void onlyTheTopLevelModelOfTheBodyChanges() {
    String line =
        "{\"custom_id\":\"model\",\"body\":{ \"x\":{\"model\":\"deep\"}, \"model\" : \"gpt-4o\""
            + " ,\"n\":1.50}}";

    assertThat(swap(line, "new \"one\""))
        .isEqualTo(
            "{\"custom_id\":\"model\",\"body\":{ \"x\":{\"model\":\"deep\"}, \"model\" : \"new"
                + " \\\"one\\\"\" ,\"n\":1.50}}");
  }

  @Test
  void textBeyondAsciiBeforeTheModelDoesNotShiftIt() {
    assertThat(swap("{\"body\":{\"é😀\":\"ü\",\"model\":\"a\"}}", "b"))
        .isEqualTo("{\"body\":{\"é😀\":\"ü\",\"model\":\"b\"}}");
  }

  @Test
  void aBodyWithoutModelIsRefused() {
    assertThatThrownBy(() -> swap("{\"body\":{\"n\":1}}", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no model");
  }

  private static String swap(String line, String model) {
    byte[] value = line.getBytes(UTF_8);
    int start = line.substring(0, line.indexOf("\"body\":") + 7).getBytes(UTF_8).length;
    return new String(ModelSwap.in(value, start, value.length - 1 - start, model), UTF_8);
  }
}
