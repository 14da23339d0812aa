package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.ledger.follow.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is around each page: head, navigation, how fresh the ledger is. */
final class Shell {

  private Shell() {}

  /** A page as that visitor sees it, with the navigation to those screens. */
  static String html(
      Page page, List<Screen> screens, Visitor visitor, Standing standing, Instant now) {
    return document(
        page.title(),
        tag(
            "body",
            tag("a", at("class", "skip"), at("href", "#main"), "To the content"),
            tag(
                "header",
                brand(),
                visitor.may(Right.REQUESTS) ? search() : Markup.NONE,
                navigation(page, screens, visitor)),
            tag("div", at("class", "beside"), content(page), footer(visitor, standing, now))));
  }

  /** A page for somebody who is not signed in. */
  static String alone(String title, Markup body) {
    return document(
        title,
        tag(
            "body",
            at("class", "alone"),
            tag("main", at("id", "main"), tag("p", brand()), tag("h1", title), body)));
  }

  private static String document(String title, Markup body) {
    Markup head =
        tag(
            "head",
            tag("meta", at("charset", "utf-8")),
            tag(
                "meta",
                at("name", "viewport"),
                at("content", "width=device-width, initial-scale=1")),
            tag("meta", at("name", "color-scheme"), at("content", "light dark")),
            tag("title", title + " · Offpeak"),
            tag("link", at("rel", "icon"), at("type", "image/svg+xml"), at("href", "icon.svg")),
            tag("link", at("rel", "stylesheet"), at("href", "console.css")),
            tag("script", at("src", "console.js"), at("defer", "")));
    return "<!DOCTYPE html>\n" + tag("html", at("lang", "en"), head, body);
  }

  private static Markup content(Page page) {
    return tag("main", at("id", "main"), tag("h1", page.title()), page.body());
  }

  private static Markup brand() {
    return tag(
        "a",
        at("class", "brand"),
        at("href", "."),
        tag("img", at("src", "icon.svg"), at("alt", ""), at("width", 22), at("height", 22)),
        "Offpeak");
  }

  private static Markup navigation(Page page, List<Screen> screens, Visitor visitor) {
    List<Markup> groups = new ArrayList<>();
    Arrays.stream(Screen.Group.values())
        .forEach(
            group -> {
              List<Markup> links =
                  screens.stream()
                      .filter(screen -> screen.group() == group && screen.isInNavigation())
                      .filter(screen -> visitor.may(screen.right()))
                      .map(screen -> tag("li", link(screen, page.under())))
                      .toList();
              if (!links.isEmpty()) {
                groups.add(
                    tag(
                        "div",
                        at("class", "group"),
                        tag("span", at("class", "group-title"), group.title()),
                        tag("ul", Markup.all(links))));
              }
            });
    return tag("nav", at("aria-label", "Pages"), Markup.all(groups));
  }

  private static Markup link(Screen screen, String current) {
    String address = screen.address().isEmpty() ? "." : screen.address();
    return screen.address().equals(current)
        ? tag("a", at("href", address), at("aria-current", "page"), screen.title())
        : tag("a", at("href", address), screen.title());
  }

  private static Markup search() {
    return tag(
        "form",
        at("class", "find"),
        at("action", "search"),
        at("role", "search"),
        tag(
            "input",
            at("type", "search"),
            at("name", "q"),
            at("id", "find"),
            at("aria-label", "Search by custom id, batch or job"),
            at("placeholder", "Search  ( / )")));
  }

  private static Markup footer(Visitor visitor, Standing standing, Instant now) {
    return tag(
        "footer",
        tag(
            "span",
            at("id", "standing"),
            at("class", standing.problem() == null ? "ok" : "bad"),
            Words.of(standing, now)),
        tag("button", at("id", "live"), at("type", "button"), at("hidden", ""), "Live"),
        tag("span", "Days and times are UTC."),
        visitor.leaves() ? leave(visitor) : Markup.NONE);
  }

  private static Markup leave(Visitor visitor) {
    return tag(
        "form",
        at("class", "leave"),
        at("method", "post"),
        at("action", "sign-out"),
        tag("input", at("type", "hidden"), at("name", "token"), at("value", visitor.token())),
        tag("span", "Signed in as " + visitor.name() + " "),
        tag("button", at("type", "submit"), "Sign out"));
  }
}
