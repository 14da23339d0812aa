package dev.offpeak.standalone.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  @Test
  void fieldsAreReplacedWhereverTheyStand() throws Exception {
    Template template = Template.parse("Q: {question} ({level}) {question}");

    assertThat(template.fill(Map.of("question", "1+1?", "level", "3")))
        .isEqualTo("Q: 1+1? (3) 1+1?");
  }

  @Test
  void bracesWrittenTwiceAreBraces() throws Exception {
    assertThat(Template.parse("{{\"a\": \"{a}\"}}").fill(Map.of("a", "b")))
        .isEqualTo("{\"a\": \"b\"}");
  }

  @Test
  void whatAFieldHoldsIsNoTemplate() throws Exception {
    assertThat(Template.parse("{a}").fill(Map.of("a", "{b}"))).isEqualTo("{b}");
  }

  @Test
  void aMissingFieldIsNamedWithThoseThatThereAre() {
    assertThatThrownBy(() -> Template.parse("{question}").fill(Map.of("query", "?")))
        .isInstanceOf(UnusableRecord.class)
        .hasMessageContaining("no field 'question'")
        .hasMessageContaining("[query]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a", "a}", "{}", "{a}}"})
  void aBraceThatStandsAloneIsRefused(String source) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse(source))
        .withMessageContaining("write it twice");
  }
}
