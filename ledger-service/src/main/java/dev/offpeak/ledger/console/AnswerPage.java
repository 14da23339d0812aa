package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.Request;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.schemas.record.RecordFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one request asked, and what it was answered. */
final class AnswerPage {

  private static final Logger LOGGER = LoggerFactory.getLogger(AnswerPage.class);

  private final RequestReport requests;
  private final @Nullable Answers answers;

  AnswerPage(RequestReport requests, @Nullable Answers answers) {
    this.requests = requests;
    this.answers = answers;
  }

  /** Where it is shown. */
  static String link(Request of) {
    return new Question(
            Map.of(
                "of", of.failed() ? "failure" : "result",
                "part", Integer.toString(of.part()),
                "place", Long.toString(of.place())))
        .address("answer");
  }

  Page of(Question question) {
    Optional<Request> found = find(question);
    if (found.isEmpty() || answers == null) {
      return new Page(
          "search",
          "Answer",
          Words.empty(
              "No outcome is kept at this place. What the topics themselves hold is told by:",
              "./offpeak audit"));
    }
    Request request = found.get();
    LOGGER
        .atInfo()
        .addKeyValue("customId", request.customId())
        .addKeyValue("who", question.visitor().name())
        .log("somebody looks at an answer");
    Markup body =
        tag(
            "article",
            tag(
                "p",
                tag(
                    "a",
                    at("href", Question.about("search", "q", String.valueOf(request.customId()))),
                    "The life of this request")),
            words(answers, request));
    return new Page("search", "Answer of " + request.customId(), body);
  }

  private Optional<Request> find(Question question) {
    try {
      return requests.at(
          question.text("of").equals("failure"),
          Integer.parseInt(question.text("part")),
          Long.parseLong(question.text("place")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Markup words(Answers answers, Request request) {
    Answers.Words words;
    try {
      words = answers.of(request);
    } catch (RuntimeException e) {
      return tag("p", at("class", "bad"), "▲ It can't be read now: " + RecordFault.words(e));
    }
    List<Markup> parts = new ArrayList<>();
    parts.add(tag("h2", request.failed() ? "What came back" : "The answer"));
    parts.add(shown(words.answered(), request.failed() ? "The provider said nothing of it." : ""));
    parts.add(tag("h2", "What was asked"));
    parts.add(shown(words.asked(), ""));
    return tag("div", at("data-still", "yes"), Markup.all(parts));
  }

  private static Markup shown(byte @Nullable [] json, String otherwise) {
    if (json == null || json.length == 0) {
      return tag(
          "p",
          at("class", "faint"),
          otherwise.isEmpty() ? "The topic does not hold it any more." : otherwise);
    }
    String words = AnswerText.words(json);
    Markup whole = tag("pre", at("class", "text"), at("tabindex", "0"), AnswerText.whole(json));
    return words.isEmpty()
        ? whole
        : Markup.all(
            List.of(
                tag("pre", at("class", "text"), at("tabindex", "0"), words),
                tag("details", tag("summary", "As it stands in the topic"), whole)));
  }
}
