package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.Role.Right;
import java.util.function.Function;

/**
 * A page of the console: one class makes it, and one entry in {@link Pages} shows it.
 *
 * @param address the last part of its address; empty is the first page
 * @param title as the navigation calls it; empty when it does not
 * @param group the part of the navigation that it is in
 * @param right what a visitor must be allowed to see it
 * @param page makes it
 */
record Screen(
    String address, String title, Group group, Right right, Function<Question, Page> page) {

  /** The parts of the navigation, in their order. */
  enum Group {
    MONEY("Money"),
    WORK("Work"),
    INSTALLATION("Installation");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** A page about money. */
  static Screen money(String address, String title, Function<Question, Page> page) {
    return new Screen(address, title, Group.MONEY, Right.MONEY, page);
  }

  /** A page about jobs and requests. */
  static Screen work(String address, String title, Function<Question, Page> page) {
    return new Screen(address, title, Group.WORK, Right.REQUESTS, page);
  }

  /** A page about the installation itself. */
  static Screen installation(String address, String title, Function<Question, Page> page) {
    return new Screen(address, title, Group.INSTALLATION, Right.MONEY, page);
  }

  boolean isInNavigation() {
    return !title.isEmpty();
  }
}
