package dev.offpeak.standalone.endings;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.endings.Ending.Possible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All endings, by section. */
final class Table {

  private final Map<String, List<Ending>> sections = new LinkedHashMap<>();
  private final Ending last;

  /**
   * The table.
   *
   * @param later what makes the results of the last row expire
   */
  Table(Scenario.Script later) {
    last = ResultEndings.pastRetention(later);
    sections.put("Requests", RequestEndings.all());
    sections.put("Jobs", JobEndings.all());
    sections.put("Results", Stream.concat(ResultEndings.all().stream(), Stream.of(last)).toList());
    sections.put("Accounts", AccountEndings.all());
    sections.put("Calls", CallEndings.all());
  }

  Map<String, List<Ending>> sections() {
    return sections;
  }

  /** Whether the part comes after all others, as it takes the simulator's time with it. */
  boolean isLast(Scene.Part part) {
    return part.account().equals(last.account(part.provider()));
  }

  /** What is to be played, by account. */
  Map<String, Scene.Part> parts() {
    Map<String, Scene.Part> parts = new LinkedHashMap<>();
    for (List<Ending> section : sections.values()) {
      for (Ending ending : section) {
        for (Provider provider : Line.PROVIDERS) {
          if (ending.cells().get(provider) instanceof Possible(Scenario scenario)) {
            String account = ending.account(provider);
            parts.put(account, new Scene.Part(account, provider, scenario));
          }
        }
      }
    }
    return parts;
  }
}
