package dev.offpeak.standalone.endings;

import static dev.offpeak.standalone.endings.Share.answered;

import java.time.Duration;
import java.util.List;

/** What becomes of jobs whose account can't be used for a while. */
final class AccountEndings {

  private AccountEndings() {}

  static List<Ending> all() {
    return List.of(revoked(), revokedBeforeResults(), noFunds(), fullAtCreate(), fullAfterCreate());
  }

  private static Ending revoked() {
    return Ending.of(
            "key revoked while running",
            "From the first look at the job on the key is refused, until somebody mends that. The"
                + " account is paused, its jobs wait and say why, and go on by themselves.")
        .everywhere(
            Scenario.of(3)
                .with(Fault.ofFirst(1, "get_batch", "revoke_key: true"))
                .then(
                    scene -> {
                      var _ = scene.awaitJob(job -> job.getProblemCode() != null);
                      scene.restoreKey();
                    })
                .ends(answered(3)));
  }

  private static Ending revokedBeforeResults() {
    return Ending.of(
            "key revoked before the results are fetched",
            "The job has ended when its key is refused. The results are fetched when it works.")
        .everywhere(
            Scenario.of(3)
                .with(Fault.ofFirst(1, "download_file", "revoke_key: true"))
                .then(
                    scene -> {
                      scene.awaitFaults(1);
                      scene.restoreKey();
                    })
                .ends(answered(3)));
  }

  private static Ending noFunds() {
    return Ending.of(
            "insufficient funds",
            "Two creates are refused because the account can't pay. The account is paused, and"
                + " tried again from time to time.")
        .everywhere(
            Scenario.of(3)
                .with(Fault.ofFirst(2, "create_batch", "problem: insufficient_funds"))
                .then(scene -> scene.awaitFaults(2))
                .ends(answered(3)));
  }

  private static Ending fullAtCreate() {
    return Ending.of(
            "quota exceeded at create",
            "The queue is full: the create is answered with a 429. Offpeak learns from it how much"
                + " may be in flight, and submits nothing to that quota for as long as it is told,"
                + " or else half a minute and longer. A file that is uploaded stays, and waits"
                + " longer with each refusal.")
        .notAtOpenAi("it takes the job and fails it later; as in the next row")
        .anthropic(
            Scenario.of(3)
                .with(
                    Fault.ofFirst(
                        2,
                        "create_batch",
                        "status: 429, message: 'This request would exceed your limit of 200,000"
                            + " batch requests in the processing queue', retry: {after_ms: 30000,"
                            + " as: seconds}"))
                .then(scene -> scene.createsAgainAfter(Duration.ofSeconds(30)))
                .ends(answered(3)))
        .gemini(
            Scenario.of(3)
                .with(Fault.ofFirst(2, "create_batch", "problem: rate_limit"))
                .then(scene -> scene.awaitFaults(2))
                .ends(answered(3)));
  }

  private static Ending fullAfterCreate() {
    return Ending.of(
            "quota exceeded after create",
            "The job is taken and then failed because the queue is full. Nothing of it was"
                + " executed, so the batch is submitted again, by the same rule.")
        .openAi(
            Scenario.of(3)
                .with(
                    new Fault(
                        "call: create_batch",
                        "{job: {fail_code: token_limit_exceeded, fail_message: Enqueued token limit"
                            + " reached}}",
                        2))
                .then(scene -> scene.createsAgainAfter(Duration.ofSeconds(30)))
                .ends(answered(3)))
        .notAtAnthropic("a job that was taken runs; as in the row before")
        .notAtGemini("a job that was taken runs; as in the row before");
  }
}
