package dev.offpeak.standalone.endings;

import static dev.offpeak.standalone.endings.Share.answered;
import static dev.offpeak.standalone.endings.Share.ofProvider;

import java.util.List;

/** What becomes of results. */
final class ResultEndings {

  private ResultEndings() {}

  static List<Ending> all() {
    return List.of(
        missing(), duplicateAndForeign(), garbled(), truncated(), failing(), inputGone(), gone());
  }

  private static Ending missing() {
    return Ending.of(
            "output missing lines",
            "A completed job has no line for two requests. They may have been executed and billed,"
                + " so whether to send them again is the user's to say.")
        .everywhere(
            Scenario.of(4)
                .with(Fault.ofFirstJob("missing: 2"))
                .ends(answered(2), ofProvider(2, "missing_from_output"))
                .billed(4));
  }

  private static Ending duplicateAndForeign() {
    return Ending.of(
            "output with duplicate and foreign lines",
            "Two requests have two lines, and two lines are for nobody. The first line of each"
                + " request counts; foreign ones are counted in a metric.")
        .everywhere(
            Scenario.of(4).with(Fault.ofFirstJob("duplicate: 2, foreign: 2")).ends(answered(4)));
  }

  private static Ending garbled() {
    return Ending.of(
            "output with a line that is cut",
            "One line ends in its middle. It may have been billed, so it is not tried again.")
        .everywhere(
            Scenario.of(3)
                .with(Fault.ofFirstJob("garbled: 1"))
                .ends(answered(2), ofProvider(1, "unreadable_response"))
                .billed(3));
  }

  private static Ending truncated() {
    return Ending.of(
            "truncated download",
            "Twice the connection breaks within the results. The download starts again; nothing is"
                + " published before it is whole.")
        .everywhere(
            Scenario.of(4)
                .with(Fault.ofFirst(2, "download_file", "truncate_after: 400"))
                .then(scene -> scene.awaitFaults(2))
                .ends(answered(4)));
  }

  private static Ending failing() {
    return Ending.of(
            "download refused for a while",
            "Results are answered with 503, 429 and 404 before they come. One 404 is not believed.")
        .everywhere(
            Scenario.of(4)
                .with(new Fault("call: download_file, nth: 1", "{problem: overloaded}", null))
                .with(
                    new Fault(
                        "call: download_file, nth: 2",
                        "{problem: rate_limit, retry: {after_ms: 3000, as: seconds}}",
                        null))
                .with(new Fault("call: download_file, nth: 3", "{status: 404}", null))
                .then(scene -> scene.awaitFaults(3))
                .ends(answered(4)));
  }

  private static Ending inputGone() {
    return Ending.of(
            "input file gone",
            "The provider does not find the file that was uploaded. It is uploaded again.")
        .openAi(
            Scenario.of(3)
                .with(
                    Fault.ofFirstJob(
                        "fail_code: invalid_request, fail_param: file_id, fail_message: Cannot"
                            + " find file"))
                .ends(answered(3)))
        .notAtAnthropic("there are no files; the create takes the requests themselves")
        .gemini(
            Scenario.of(3)
                .with(
                    Fault.ofFirst(
                        1, "create_batch", "status: 403, message: You do not own the File files/x"))
                .ends(answered(3)));
  }

  private static Ending gone() {
    return Ending.of(
            "results file gone",
            "The job has completed, but its results are not found, however often they are asked"
                + " for. They may have been billed.")
        .everywhere(
            Scenario.of(2)
                .with(Fault.ofFirstJob("lose_results: true"))
                .ends(ofProvider(2, "results_gone"))
                .billed(2));
  }

  /**
   * Fetched when the provider has dropped them.
   *
   * @param later moves the simulator's clock, when all scenarios of the row are so far
   */
  static Ending pastRetention(Scenario.Script later) {
    return Ending.of(
            "results past retention",
            "The results could not be fetched for 30 days, and the provider has dropped them.")
        .everywhere(
            Scenario.of(2)
                .with(new Fault("call: download_file", "{problem: overloaded}", null))
                .then(
                    scene -> {
                      scene.awaitFaults(1);
                      later.play(scene);
                    })
                .ends(ofProvider(2, "results_gone"))
                .billed(2));
  }
}
