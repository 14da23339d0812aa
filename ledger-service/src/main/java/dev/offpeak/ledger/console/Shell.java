package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.follow.Standing;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What is around each page: head, navigation, how fresh the ledger is. */
final class Shell {

  private Shell() {}

  static String html(Page page, Standing standing, Instant now) {
    Markup head =
        tag(
            "head",
            tag("meta", at("charset", "utf-8")),
            tag(
                "meta",
                at("name", "viewport"),
                at("content", "width=device-width, initial-scale=1")),
            tag("meta", at("name", "color-scheme"), at("content", "light dark")),
            tag("title", page.title() + " · Offpeak"),
            tag("link", at("rel", "stylesheet"), at("href", "console.css")),
            tag("script", at("src", "console.js"), at("defer", "")));
    Markup body =
        tag(
            "body",
            tag("a", at("class", "skip"), at("href", "#main"), "To the content"),
            tag("header", brand(), navigation(page.tab()), search()),
            tag("main", at("id", "main"), tag("h1", page.title()), page.body()),
            footer(standing, now));
    return "<!DOCTYPE html>\n" + tag("html", at("lang", "en"), head, body);
  }

  private static Markup brand() {
    return tag("a", at("class", "brand"), at("href", "."), "Offpeak");
  }

  private static Markup navigation(Page.Tab current) {
    List<Markup> links =
        Arrays.stream(Page.Tab.values())
            .map(
                tab ->
                    tab == current
                        ? tag(
                            "a", at("href", tab.address()), at("aria-current", "page"), tab.title())
                        : tag("a", at("href", tab.address()), tab.title()))
            .toList();
    return tag("nav", at("aria-label", "Pages"), Markup.all(links));
  }

  private static Markup search() {
    return tag(
        "form",
        at("action", "search"),
        at("role", "search"),
        tag(
            "input",
            at("type", "search"),
            at("name", "q"),
            at("id", "find"),
            at("aria-label", "Custom id, batch or job"),
            at("placeholder", "Custom id, batch, job  ( / )")));
  }

  private static Markup footer(Standing standing, Instant now) {
    return tag(
        "footer",
        tag(
            "span",
            at("class", standing.problem() == null ? "ok" : "bad"),
            Words.of(standing, now)),
        tag("button", at("id", "live"), at("type", "button"), at("hidden", ""), "Live"),
        tag("span", "Days and times are UTC."));
  }
}
