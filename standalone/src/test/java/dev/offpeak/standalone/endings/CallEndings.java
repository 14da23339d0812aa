package dev.offpeak.standalone.endings;

import static dev.offpeak.standalone.endings.Share.answered;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;

/** What becomes of jobs whose calls fail. */
final class CallEndings {

  /** Well above what is waited when nobody says how long. */
  private static final Duration SAID = Duration.ofSeconds(90);

  private static final String NOT_SPELLED_SO = "it does not say so in this way";

  private CallEndings() {}

  static List<Ending> all() {
    return List.of(
        storm(),
        lostAnswer(),
        lostCreate(),
        notSaid(),
        seconds(),
        millis(),
        date(),
        reset(),
        retryInfo());
  }

  private static Ending storm() {
    return Ending.of(
            "5xx storm",
            "The first ten calls of the account, whatever they are, are answered with 503 or 529."
                + " A create without a clear answer is not repeated before its job was looked for.")
        .everywhere(
            Scenario.of(3)
                .with(new Fault("", "{problem: overloaded}", 10))
                .then(scene -> scene.awaitFaults(10))
                .ends(answered(3)));
  }

  private static Ending lostAnswer() {
    return Ending.of(
            "create without an answer, job made",
            "The connection is cut after the job was made. The job is found, and no other is made.")
        .everywhere(
            Scenario.of(3)
                .with(Fault.ofFirst(1, "create_batch", "cut: true, after_effect: true"))
                .ends(answered(3)));
  }

  private static Ending lostCreate() {
    return Ending.of(
            "create without an answer, no job made",
            "A 500, and no job. When it is sure that there is none the batch is submitted anew.")
        .everywhere(
            Scenario.of(3)
                .with(Fault.ofFirst(1, "create_batch", "problem: server_error"))
                .ends(answered(3)));
  }

  private static Ending notSaid() {
    Scenario scenario =
        Scenario.of(2)
            .with(Fault.ofFirst(3, "create_batch", "problem: rate_limit"))
            .then(scene -> scene.awaitFaults(3))
            .ends(answered(2));
    return Ending.of(
            "429, no word of when to try again",
            "Offpeak waits longer with each refusal. At Gemini that is how a full queue looks.")
        .everywhere(scenario);
  }

  private static Ending seconds() {
    return spelled("`retry-after: 90`").everywhere(hinted("retry: {after_ms: 90000, as: seconds}"));
  }

  private static Ending millis() {
    Scenario scenario = hinted("retry: {after_ms: 90000, as: ms}");
    return spelled("`retry-after-ms: 90000`")
        .openAi(scenario)
        .anthropic(scenario)
        .notAtGemini(NOT_SPELLED_SO);
  }

  private static Ending date() {
    return spelled("`retry-after` with a date")
        .everywhere(
            later(
                now ->
                    "headers: {retry-after: '%s'}"
                        .formatted(
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                now.atZone(ZoneOffset.UTC)))));
  }

  private static Ending reset() {
    return spelled("the reset of a rate limit")
        .openAi(hinted("retry: {after_ms: 90000, as: reset}"))
        .anthropic(
            later(
                now ->
                    "headers: {anthropic-ratelimit-requests-remaining: '0',"
                        + " anthropic-ratelimit-requests-reset: '%s'}".formatted(now)))
        .notAtGemini(NOT_SPELLED_SO);
  }

  private static Ending retryInfo() {
    return spelled("`RetryInfo` in the error")
        .notAtOpenAi(NOT_SPELLED_SO)
        .notAtAnthropic(NOT_SPELLED_SO)
        .gemini(hinted("retry: {after_ms: 90000, as: retry_info}"));
  }

  private static Ending spelled(String how) {
    return Ending.of(
        "429 with " + how, "The create is made again when that time is over, and not before.");
  }

  private static Scenario hinted(String hint) {
    return Scenario.of(2)
        .with(Fault.ofFirst(1, "create_batch", "problem: rate_limit, " + hint))
        .then(scene -> scene.createsAgainAfter(SAID))
        .ends(answered(2));
  }

  /** Says a point of time. */
  private static Scenario later(Function<Instant, String> hint) {
    Duration away = Duration.ofMinutes(5);
    return Scenario.of(2)
        .with(
            now ->
                Fault.ofFirst(
                    1, "create_batch", "problem: rate_limit, " + hint.apply(now.plus(away))))
        .then(scene -> scene.createsNotBefore(scene.began().plus(away).truncatedTo(SECONDS)))
        .ends(answered(2));
  }
}
