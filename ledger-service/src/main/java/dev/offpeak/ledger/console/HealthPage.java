package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.book.Unreadable;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How far the ledger has read, and what it could not read. */
final class HealthPage {

  private final LedgerDatabase database;
  private final Supplier<Standing> standing;
  private final Clock clock;

  HealthPage(LedgerDatabase database, Supplier<Standing> standing, Clock clock) {
    this.database = database;
    this.standing = standing;
    this.clock = clock;
  }

  Page of(Question question) {
    Standing now = standing.get();
    List<Markup> parts = new ArrayList<>();
    parts.add(
        tag(
            "p",
            at("class", now.problem() == null ? "note ok" : "note bad"),
            Words.of(now, clock.instant())));
    if (now.lost() > 0) {
      parts.add(
          tag(
              "p",
              at("class", "bad"),
              Words.number(now.lost())
                  + " records were removed by retention before the ledger read them."));
    }
    parts.add(tag("h2", "How far it has read"));
    parts.add(
        Words.table(
            List.of("topic", "#partition", "#next offset"),
            database
                .jdbi()
                .withHandle(
                    handle ->
                        handle
                            .createQuery(
                                "SELECT topic, part, next_place FROM kafka_place ORDER BY topic,"
                                    + " part")
                            .map(
                                (row, _) ->
                                    tag(
                                        "tr",
                                        tag("td", row.getString(1)),
                                        Words.figure(row.getInt(2)),
                                        Words.figure(Words.number(row.getLong(3)))))
                            .list())));
    parts.add(tag("h2", "Records that it could not read"));
    List<String> left = Unreadable.of(database);
    parts.add(
        left.isEmpty()
            ? tag("p", at("class", "ok"), "None.")
            : tag("ul", Markup.all(left.stream().map(words -> tag("li", words)).toList())));
    parts.add(tag("h2", "Whether its sums are those of the topic"));
    parts.add(Words.command("./offpeak ledger verify"));
    return new Page("health", "Health", Markup.all(parts));
  }
}
