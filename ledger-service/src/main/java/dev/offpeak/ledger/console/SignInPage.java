package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

/** Where somebody says by a key who they are. */
final class SignInPage {

  private SignInPage() {}

  static String of(Question question) {
    Markup wrong =
        question.text("again").isEmpty()
            ? Markup.NONE
            : tag(
                "p",
                at("class", "bad"),
                at("role", "alert"),
                "This key lets nobody in; after many wrong ones, wait a minute.");
    return Shell.alone(
        "Sign in",
        tag(
            "form",
            at("method", "post"),
            at("action", "sign-in"),
            at("class", "sign-in"),
            wrong,
            tag("input", at("type", "hidden"), at("name", "to"), at("value", question.text("to"))),
            tag("label", at("for", "key"), "Your key"),
            tag(
                "input",
                at("type", "password"),
                at("name", "key"),
                at("id", "key"),
                at("autocomplete", "current-password"),
                at("required", "")),
            tag("button", at("type", "submit"), at("class", "sure"), "Sign in"),
            tag(
                "p",
                at("class", "faint"),
                "Whoever keeps this installation gives out keys (console.keys).")));
  }
}
