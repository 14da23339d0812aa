package dev.offpeak.ledger.console;

/**
 * What is between the head and the foot.
 *
 * @param tab which part of the console it belongs to
 * @param title what it is called
 * @param body the rest
 */
record Page(Tab tab, String title, Markup body) {

  /** The parts of the console, in the order of its head. */
  enum Tab {
    OVERVIEW("Overview", "."),
    SAVINGS("Savings", "savings"),
    JOBS("Jobs", "jobs"),
    FAILURES("Failures", "failures"),
    SEARCH("Search", "search"),
    HEALTH("Health", "health");

    private final String title;
    private final String address;

    Tab(String title, String address) {
      this.title = title;
      this.address = address;
    }

    String title() {
      return title;
    }

    String address() {
      return address;
    }
  }
}
