package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.schemas.record.Blame;
import java.time.Instant;

/** The page that is shown in place of one that can't be, as while the database is away. */
final class Trouble {

  private Trouble() {}

  static String html(RuntimeException e) {
    Standing unknown = new Standing(0, null, "its database was asked in vain", 0);
    return Shell.html(
        new Page(
            Page.Tab.HEALTH,
            "This page can't be shown now",
            tag("p", Blame.words(e) + " (the log of the ledger-service says more)")),
        unknown,
        Instant.EPOCH);
  }
}
