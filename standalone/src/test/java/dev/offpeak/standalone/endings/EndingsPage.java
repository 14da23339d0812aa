package dev.offpeak.standalone.endings;

import dev.offpeak.core.lane.Provider;
import java.util.List;
import java.util.Map;

/** docs/endings.md, made from the table. */
final class EndingsPage {

  private static final String HEAD =
      """
      # Endings

      Every way in which a job or a request can end, at each provider, and what becomes of the requests. `EndingsIT`
      forces each cell at the simulator and checks it through Kafka from outside: the outcome of each custom id, its attempts, and
      in the ledger that nothing was executed again that may have been billed. `EndingsPageTest` holds this page to that table;
      `-Doffpeak.endings.write=true` writes it anew.

      "3 answered" are three results in `llm.results`; anything else is a record in `llm.failures` with that code, the provider's
      own where it is not one of Offpeak's, and one of four kinds. As many are billed as are answered, unless something else is said.

      | kind | what to do |
      | --- | --- |
      | `retryable` | send it again as it is, later |
      | `your_input` | change the request |
      | `account` | mend the account: key, funds, permissions |
      | `provider` | send it again if you can bear that it may have been billed |

      Offpeak tries again by itself, up to three attempts here (`retries.max-attempts`) and as long as the deadline allows, what
      was certainly not billed. Attempts are 1 where nothing else is said.
      """;

  private EndingsPage() {}

  static String of(Map<String, List<Ending>> sections) {
    StringBuilder page = new StringBuilder(HEAD);
    sections.forEach(
        (name, endings) -> {
          page.append("\n## ").append(name).append("\n\n");
          page.append("| ending | OpenAI | Anthropic | Gemini |\n| --- | --- | --- | --- |\n");
          endings.forEach(ending -> page.append(row(ending)));
        });
    return page.toString();
  }

  private static String row(Ending ending) {
    StringBuilder row =
        new StringBuilder("| **" + ending.name() + "**<br>" + ending.story() + " |");
    for (Provider provider : Line.PROVIDERS) {
      row.append(' ').append(ending.cells().get(provider).text()).append(" |");
    }
    return row.append('\n').toString();
  }
}
