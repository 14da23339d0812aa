package dev.offpeak.standalone.endings;

import dev.offpeak.core.lane.Provider;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of the table: one way to end, at each provider.
 *
 * @param name a few words
 * @param story what is forced, and what Offpeak does about it
 */
record Ending(String name, String story, Map<Provider, Cell> cells) {

  /** An ending at one provider. */
  sealed interface Cell {

    /** As the page has it. */
    String text();
  }

  /** It can happen there. */
  record Possible(Scenario scenario) implements Cell {
    @Override
    public String text() {
      return scenario.text();
    }
  }

  /** It can't. */
  record Impossible(String reason) implements Cell {
    @Override
    public String text() {
      return "not possible: " + reason;
    }
  }

  static Ending of(String name, String story) {
    return new Ending(name, story, Map.of());
  }

  Ending everywhere(Scenario scenario) {
    return openAi(scenario).anthropic(scenario).gemini(scenario);
  }

  Ending openAi(Scenario scenario) {
    return with(Provider.OPENAI, new Possible(scenario));
  }

  Ending notAtOpenAi(String reason) {
    return with(Provider.OPENAI, new Impossible(reason));
  }

  Ending anthropic(Scenario scenario) {
    return with(Provider.ANTHROPIC, new Possible(scenario));
  }

  Ending notAtAnthropic(String reason) {
    return with(Provider.ANTHROPIC, new Impossible(reason));
  }

  Ending gemini(Scenario scenario) {
    return with(Provider.GEMINI, new Possible(scenario));
  }

  Ending notAtGemini(String reason) {
    return with(Provider.GEMINI, new Impossible(reason));
  }

  private Ending with(Provider provider, Cell cell) {
    Map<Provider, Cell> more = new LinkedHashMap<>();
    more.putAll(cells);
    more.put(provider, cell);
    return new Ending(name, story, more);
  }

  /** The name of the row's account at that provider. */
  String account(Provider provider) {
    return provider.id() + "-" + name.replaceAll("[^a-z0-9]+", "-");
  }
}
