package dev.offpeak.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static List<FaultRule> rules(String json) {
    return FaultJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Boolean> met(Faults faults, String... calls) {
    return Stream.of(calls)
        .map(call -> faults.meet("openai", call, "sk-a") != FaultAction.NONE)
        .toList();
  }

  @Test
  void theNthMatchingCallIsMetOnce() {
    // Given
    Faults faults =
        new Faults(1, rules("{\"match\":{\"call\":\"a\",\"nth\":2},\"do\":{\"cut\":true}}"));
    // When
    List<Boolean> met = met(faults, "a", "b", "a", "a");
    // Then
    assertThat(met).containsExactly(false, false, true, false);
  }

  @Test
  void aRuleWithoutNumberMeetsEveryCallOrAsOftenAsItSays() {
    // Given
    Faults always = new Faults(1, rules("{\"match\":{},\"do\":{\"cut\":true}}"));
    Faults twice = new Faults(1, rules("{\"match\":{},\"do\":{\"cut\":true},\"times\":2}"));
    // When / Then
    assertThat(met(always, "a", "b", "c")).containsExactly(true, true, true);
    assertThat(met(twice, "a", "b", "c")).containsExactly(true, true, false);
  }

  @Test
  void aRuleForOneProviderLeavesTheOthers() {
    // Given
    Faults faults =
        new Faults(1, rules("{\"match\":{\"provider\":\"gemini\"},\"do\":{\"cut\":true}}"));
    // When / Then
    assertThat(met(faults, "a")).containsExactly(false);
    assertThat(faults.meet("gemini", "a", "sk-a").cut()).isTrue();
  }

  @Test
  void aRuleForOneKeyLeavesTheOthers() {
    // Given
    Faults faults = new Faults(1, rules("{match: {key: sk-a, nth: 2}, do: {cut: true}}"));
    // When
    boolean first = faults.meet("openai", "a", "sk-a").cut();
    boolean another = faults.meet("openai", "a", "sk-b").cut();
    boolean second = faults.meet("openai", "a", "sk-a").cut();
    // Then
    assertThat(List.of(first, another, second)).containsExactly(false, false, true);
  }

  @Test
  void chancesAreTheSameForTheSameSeed() {
    // Given
    String rule = "{\"match\":{\"probability\":0.5},\"do\":{\"cut\":true}}";
    String[] calls = Stream.generate(() -> "a").limit(64).toArray(String[]::new);
    // When
    List<Boolean> once = met(new Faults(3, rules(rule)), calls);
    // Then
    assertThat(met(new Faults(3, rules(rule)), calls)).isEqualTo(once);
    assertThat(met(new Faults(4, rules(rule)), calls)).isNotEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "nonsense",
        "{\"match\":{},\"do\":{\"status\":200}}",
        "{\"match\":{},\"do\":{\"status\":500,\"cut\":true}}",
        "{match: {}, do: {status: 500, problem: timeout}}",
        "{match: {}, do: {problem: nonsense}}",
        "{match: {}, do: {delay_ms: -1}}",
        "{match: {}, do: {problem: rate_limit, retry: {after_ms: 5}}}",
        "{match: {}, do: {job: {stuck: nowhere}}}",
        "{match: {}, do: {job: {fail_share: 2}}}",
        "{match: {}, do: {job: {stuck_at: 2}}}",
        "{\"match\":{\"nth\":0},\"do\":{\"cut\":true}}",
        "{\"match\":{\"probability\":2},\"do\":{\"cut\":true}}"
      })
  void aRuleThatMakesNoSenseIsRefused(String json) {
    assertThatThrownBy(() -> rules(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No fault rule: ");
  }
}
