package dev.offpeak.standalone.endings;

import static dev.offpeak.standalone.endings.Share.answered;
import static dev.offpeak.standalone.endings.Share.ofProvider;
import static dev.offpeak.standalone.endings.Share.retryable;

import dev.offpeak.schemas.avro.JobStateName;
import java.time.Duration;
import java.util.List;

/** What becomes of whole jobs. */
final class JobEndings {

  private static final int HALF = 2;

  /** It stands half done until its window is over, and long after. */
  private static final String OVERDUE =
      "stuck: in_progress, stuck_at: 0.5, window_ms: 60000, overdue_ms: 86400000";

  /** More than the linger, less than the window of the job that is stuck. */
  private static final Duration ROOM = Duration.ofMinutes(10);

  private JobEndings() {}

  static List<Ending> all() {
    return List.of(
        expiredHalfWay(),
        expiredWhole(),
        expiredAgainAndAgain(),
        expiredNearDeadline(),
        cancelledWhileWaiting(),
        cancelledByUs(),
        cancelledByOthers(),
        stuck(),
        stuckForGood());
  }

  private static Ending expiredHalfWay() {
    Scenario scenario = Scenario.of(4).with(Fault.ofFirstJob("expire_at: 0.5"));
    Scenario kept = scenario.ends(answered(HALF), answered(HALF).atAttempt(2));
    return Ending.of(
            "expired half way",
            "The job expires when half of it is done. What was not executed is tried again. Gemini"
                + " gives no results of an expired job and does not bill it, so all of it is.")
        .openAi(kept)
        .anthropic(kept)
        .gemini(scenario.ends(answered(4).atAttempt(2)));
  }

  private static Ending expiredWhole() {
    return Ending.of(
            "expired whole",
            "The window is over before anything was executed. All requests are tried again.")
        .everywhere(
            Scenario.of(4)
                .with(Fault.ofFirstJob("stuck: in_progress, window_ms: 60000"))
                .ends(answered(4).atAttempt(2)));
  }

  private static Ending expiredAgainAndAgain() {
    return Ending.of(
            "expired, no attempt left", "Three jobs in a row expire before anything was executed.")
        .everywhere(
            Scenario.of(2)
                .with(Fault.ofEveryJob("expire_at: 0"))
                .ends(retryable(2, "batch_expired").atAttempt(3))
                .saying("the last"));
  }

  private static Ending expiredNearDeadline() {
    return Ending.of(
            "expired, deadline too near",
            "The job expires whole, and what is left until the requests' deadline is less than the"
                + " provider's window.")
        .everywhere(
            Scenario.of(2)
                .window(Duration.ofHours(24))
                .deadline(Duration.ofHours(24).plus(ROOM))
                .with(
                    Fault.ofEveryJob(
                        "stuck: in_progress, window_ms: " + ROOM.plusMinutes(1).toMillis()))
                .ends(retryable(2, "batch_expired"))
                .saying("deadline"));
  }

  private static Ending cancelledWhileWaiting() {
    return Ending.of(
            "cancelled before it was sealed",
            "`offpeak cancel --custom-id` for two of four requests that wait in an open batch. They"
                + " end at once; the others are sealed and executed as if they had been alone.")
        .everywhere(
            Scenario.of(4)
                .room(
                    1,
                    scene -> {
                      scene.cancelRequest(0);
                      scene.cancelRequest(2);
                      scene.awaitUnderWay(HALF);
                    })
                .ends(answered(HALF), retryable(HALF, "batch_cancelled").atAttempt(0))
                .saying("cancelled before it was submitted"));
  }

  private static Ending cancelledByUs() {
    Scenario scenario =
        Scenario.of(4)
            .with(Fault.ofEveryJob("stuck: in_progress, stuck_at: 0.5"))
            .then(
                scene -> {
                  scene.awaitExecuted(HALF);
                  scene.cancel(scene.awaitJob(job -> job.getState() == JobStateName.SUBMITTED));
                });
    Scenario kept = scenario.ends(answered(HALF), retryable(HALF, "batch_cancelled"));
    return Ending.of(
            "cancelled half way by us",
            "`offpeak cancel` when half of the job is done. The provider is asked to cancel; what"
                + " was not executed fails and is not tried again, as that was the wish. Gemini"
                + " gives no results of a cancelled job.")
        .openAi(kept)
        .anthropic(kept)
        .gemini(scenario.ends(retryable(4, "batch_cancelled")));
  }

  private static Ending cancelledByOthers() {
    Scenario scenario = Scenario.of(4).with(Fault.ofFirstJob("cancel_at: 0.5"));
    Scenario kept = scenario.ends(answered(HALF), answered(HALF).atAttempt(2));
    return Ending.of(
            "cancelled half way by someone else",
            "Somebody cancels the job at the provider when half of it is done. Nobody told Offpeak"
                + " so, and what was not executed is tried again.")
        .openAi(kept)
        .anthropic(kept)
        .gemini(scenario.ends(answered(4).atAttempt(2)));
  }

  private static Ending stuck() {
    Scenario scenario = Scenario.of(4).with(Fault.ofFirstJob(OVERDUE));
    Scenario kept = scenario.ends(answered(HALF), answered(HALF).atAttempt(2));
    return Ending.of(
            "stuck beyond its window",
            "The job is still running though its window is over. `recovery.overdue` later Offpeak"
                + " cancels it, and tries again what was not executed.")
        .openAi(kept)
        .anthropic(kept)
        .gemini(scenario.window(Duration.ofMinutes(5)).ends(answered(4).atAttempt(2)));
  }

  private static Ending stuckForGood() {
    Scenario scenario =
        Scenario.of(4)
            .with(Fault.ofFirstJob(OVERDUE))
            .with(new Fault("call: cancel_batch", "{problem: server_error}", null))
            .ends(ofProvider(4, "job_overdue"))
            .billed(HALF)
            .saying("window ended");
    return Ending.of(
            "stuck beyond its window, cancel in vain",
            "The same, but the provider does not take the cancel. After twice `recovery.overdue`"
                + " the job is given up; what it may have executed is not sent again.")
        .openAi(scenario)
        .anthropic(scenario)
        .gemini(scenario.window(Duration.ofMinutes(1)));
  }
}
