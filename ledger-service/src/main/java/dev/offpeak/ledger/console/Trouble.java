package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.schemas.record.RecordFault;

/** The page that is shown in place of one that can't be, as while the database is away. */
final class Trouble {

  private Trouble() {}

  static Page of(Screen screen, RuntimeException e) {
    return new Page(
        screen.address(),
        "This page can't be shown now",
        tag("p", RecordFault.words(e) + " (the log of the ledger-service says more)"));
  }
}
