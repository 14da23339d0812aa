package dev.offpeak.standalone.endings;

import static dev.offpeak.standalone.endings.Share.answered;
import static dev.offpeak.standalone.endings.Share.ofAccount;
import static dev.offpeak.standalone.endings.Share.retryable;
import static dev.offpeak.standalone.endings.Share.yourInput;

import java.util.List;

/** What becomes of single requests, and what the provider thinks of their file. */
final class RequestEndings {

  private RequestEndings() {}

  static List<Ending> all() {
    return List.of(
        allSucceed(), someFail(), allFail(), linesNamed(), linesNotNamed(), refusedAsAWhole());
  }

  private static Ending allSucceed() {
    return Ending.of("all succeed", "Nothing goes wrong.")
        .everywhere(Scenario.of(4).ends(answered(4)));
  }

  private static Ending someFail() {
    Scenario scenario =
        Scenario.of(
            "plain",
            "plain",
            "[sim:fail=400]",
            "[sim:fail-once=500]",
            "[sim:fail=500]",
            "[sim:fail=403]");
    return Ending.of(
            "some fail",
            "Of six requests two are good. One is refused with a 400, one fails once with a 500,"
                + " one fails always with a 500, one is forbidden to the account (403). What may"
                + " pass is tried again, up to three attempts.")
        .openAi(
            scenario.ends(
                answered(2),
                yourInput(1, "invalid_request_error"),
                answered(1).atAttempt(2),
                retryable(1, "server_error").atAttempt(3),
                ofAccount(1, "permission_error")))
        .anthropic(
            scenario.ends(
                answered(2),
                yourInput(1, "invalid_request_error"),
                answered(1).atAttempt(2),
                retryable(1, "api_error").atAttempt(3),
                ofAccount(1, "permission_error")))
        .gemini(
            scenario.ends(
                answered(2),
                yourInput(1, "INVALID_ARGUMENT"),
                answered(1).atAttempt(2),
                retryable(1, "INTERNAL").atAttempt(3),
                ofAccount(1, "PERMISSION_DENIED")));
  }

  private static Ending allFail() {
    Scenario scenario = Scenario.of(3).with(Fault.ofFirstJob("fail_share: 1, fail_status: 400"));
    return Ending.of(
            "all fail",
            "Every request is refused with a 400. There is no output file at OpenAI then.")
        .openAi(scenario.ends(yourInput(3, "invalid_request_error")))
        .anthropic(scenario.ends(yourInput(3, "invalid_request_error")))
        .gemini(scenario.ends(yourInput(3, "INVALID_ARGUMENT")));
  }

  private static Ending linesNamed() {
    return Ending.of(
            "validation fails, lines named",
            "The third of four requests is none. Its line fails with the provider's message, the"
                + " others are sealed again as another batch.")
        .openAi(
            Scenario.of("plain", "plain", Scenario.NO_REQUEST, "plain")
                .ends(answered(3), yourInput(1, "missing_required_parameter"))
                .saying("messages"))
        .anthropic(
            Scenario.of(4)
                .with(
                    Fault.ofFirst(
                        1,
                        "create_batch",
                        "status: 400, message: 'requests.2.custom_id: String should match"
                            + " pattern'"))
                .ends(answered(3), yourInput(1, "invalid_request_error").atAttempt(0))
                .saying("requests.2.custom_id"))
        .notAtGemini("it does not say whether it counts lines from 0 or 1; as in the next row");
  }

  private static Ending linesNotNamed() {
    return Ending.of(
            "validation fails, no line named",
            "A batch of two is refused without a word about its lines, and so is one of its halves."
                + " Batches are halved until what is refused is one request.")
        .openAi(
            twice("{job: {fail_code: invalid_json_line, fail_message: not JSON}}")
                .ends(answered(1), yourInput(1, "invalid_json_line"))
                .saying("not JSON"))
        .anthropic(
            twice("{status: 413}")
                .ends(answered(1), yourInput(1, "request_too_large").atAttempt(0))
                .saying("exceeds the maximum size"))
        .gemini(
            twice("{job: {fail_code: INVALID_ARGUMENT, fail_message: not a request}}")
                .ends(answered(1), yourInput(1, "INVALID_ARGUMENT"))
                .saying("not a request"));
  }

  private static Scenario twice(String then) {
    return Scenario.of(2).with(new Fault("call: create_batch", then, 2));
  }

  private static Ending refusedAsAWhole() {
    return Ending.of(
            "refused as a whole",
            "The provider refuses all of it: there is no such model, or, at Anthropic, a header is"
                + " wrong. Every part would be refused alike, so it is not halved.")
        .openAi(
            Scenario.of(3)
                .with(Fault.ofFirstJob("fail_code: model_not_found, fail_message: no such model"))
                .ends(yourInput(3, "model_not_found"))
                .saying("no such model"))
        .anthropic(
            Scenario.of(3)
                .with(Fault.ofFirst(1, "create_batch", "status: 400, message: no such version"))
                .ends(yourInput(3, "invalid_request_error").atAttempt(0))
                .saying("no such version"))
        .gemini(
            Scenario.of(3)
                .with(
                    Fault.ofFirst(1, "create_batch", "status: 404, message: models/x is not found"))
                .ends(yourInput(3, "NOT_FOUND").atAttempt(0))
                .saying("is not found"));
  }
}
