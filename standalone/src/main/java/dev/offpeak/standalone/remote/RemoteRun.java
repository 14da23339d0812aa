package dev.offpeak.standalone.remote;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.request.EditionHeaders;
import dev.offpeak.standalone.outcome.OutcomeFiles;
import dev.offpeak.standalone.report.Progress;
import dev.offpeak.standalone.report.ProgressView;
import dev.offpeak.standalone.report.Spend;
import dev.offpeak.standalone.report.Summary;
import dev.offpeak.standalone.run.Ended;
import dev.offpeak.standalone.run.RunConsole;
import dev.offpeak.standalone.run.RunOptions;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.standalone.state.FinishedRun;
import dev.offpeak.standalone.state.RunFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run that an installation executes which is at work elsewhere: one virtual batch of its gateway.
 * Killed and run again it goes on with the batch that it has made.
 */
public final class RemoteRun {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String ANY_ENDPOINT = "/v1";

  private final RunOptions options;
  private final URI address;
  private final String key;
  private final RunConsole console;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile long uploaded;

  /**
   * A run.
   *
   * @param options of which those that say who executes the requests do not count
   * @param address of the gateway
   * @param key for it
   */
  public RemoteRun(RunOptions options, URI address, String key, RunConsole console, Clock clock) {
    this.options = options;
    this.address = address;
    this.key = key;
    this.console = console;
    this.clock = clock;
  }

  /** Asks the run to end soon, leaving its batch as it is. Any thread may call it. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs to the end, or until {@link #stop}.
   *
   * @throws CannotRun when something outside must be mended first
   */
  public Ended execute() throws IOException, InterruptedException {
    Instant start = clock.instant();
    try (RunFolder folder = RunFolder.open(options.folder());
        Gateway gateway = new Gateway(address, key)) {
      if (options.again()) {
        FinishedRun.forget(folder.path());
        folder.clear();
      }
      Optional<FinishedRun> before = FinishedRun.in(folder.path(), options.outputs());
      if (before.isPresent()) {
        console.finishedBefore(before.get());
        return ended(before.get().allSucceeded());
      }
      folder.describe(List.of("inputs: " + options.inputs(), "to: " + address));
      RemoteState state = RemoteState.in(folder.path());
      if (options.cancel() && state.batchId().isEmpty()) {
        throw new CannotRun("there is nothing to cancel: no earlier run has made a batch of this");
      }
      return execute(gateway, state, start);
    }
  }

  private Ended execute(Gateway gateway, RemoteState state, Instant start)
      throws IOException, InterruptedException {
    ProgressView view = console.view();
    Following following = new Following(view);
    Members batch = following.untilOver(gateway, state);
    view.done();
    if (batch == null) {
      return following.leave(state);
    }
    if (batch.text("status").equals("failed")) {
      throw new CannotRun(
          "the batch " + state.batchId() + " has failed: " + batch.text("errors/data/message"));
    }
    return collect(gateway, batch, start);
  }

  private Ended collect(Gateway gateway, Members batch, Instant start)
      throws IOException, InterruptedException {
    SentLines sent =
        SentLines.of(options.inputs(), options.names(), options.limits().line().toIntSaturated());
    try (OutcomeFiles files = OutcomeFiles.open(options.results(), options.failures())) {
      RemoteOutcomes outcomes = new RemoteOutcomes(sent, files);
      for (String file : List.of("output_file_id", "error_file_id")) {
        if (!batch.text(file).isEmpty()) {
          outcomes.take(gateway.content(batch.text(file)));
        }
      }
      outcomes.takeTooLong(options.limits().line().bytes());
      files.flush();
      Progress last =
          new Progress(
              sent.count() + sent.tooLong().size(),
              true,
              0,
              0,
              0,
              outcomes.done(),
              outcomes.failed(),
              batch.number("offpeak/duplicates"),
              List.of());
      return finish(last, outcomes, batch, sent.blank(), start);
    }
  }

  private Ended finish(
      Progress last, RemoteOutcomes outcomes, Members batch, long blank, Instant start)
      throws IOException {
    Spend spend =
        new Spend(
            batch.number("usage/input_tokens"),
            batch.number("usage/output_tokens"),
            batch.picoUsd("offpeak/cost_usd"),
            batch.picoUsd("offpeak/sync_cost_usd"),
            batch.number("offpeak/without_price"));
    Summary summary =
        new Summary(
            last,
            Map.of(batch.text("id"), 1),
            Map.of(batch.text("model"), spend),
            Map.of(),
            outcomes.failures(),
            0,
            blank,
            List.of(),
            Duration.between(start, clock.instant()));
    boolean allSucceeded = last.failed() == 0;
    FinishedRun.note(options.folder(), allSucceeded, summary.text(), options.outputs());
    console.summary(summary);
    return ended(allSucceeded);
  }

  private static Ended ended(boolean allSucceeded) {
    return allSucceeded ? Ended.ALL_SUCCEEDED : Ended.SOME_FAILED;
  }

  /** One step that can be made again until the gateway can be reached. */
  @FunctionalInterface
  private interface Step<T> {
    T make() throws IOException, InterruptedException;
  }

  /** Uploads, creates and looks on. */
  private final class Following {
    private final ProgressView view;
    private @Nullable Instant unreachableSince;
    private String why = "";

    Following(ProgressView view) {
      this.view = view;
    }

    /** The batch when it is over; null when the run is to end before. */
    @Nullable Members untilOver(Gateway gateway, RemoteState state)
        throws IOException, InterruptedException {
      if (state.batchId().isEmpty() && !makeBatch(gateway, state)) {
        return null;
      }
      String path = "/v1/batches/" + state.batchId();
      if (options.cancel() && repeated(() -> cancelled(gateway, path)) == null) {
        return null;
      }
      while (true) {
        Members batch = repeated(() -> gateway.get(path));
        if (batch == null) {
          return null;
        }
        show(batch);
        switch (batch.text("status")) {
          case "completed", "failed", "expired", "cancelled" -> {
            return batch;
          }
          default -> {
            if (pause()) {
              return null;
            }
          }
        }
      }
    }

    private Members cancelled(Gateway gateway, String path)
        throws IOException, InterruptedException {
      Members batch = gateway.get(path);
      switch (batch.text("status")) {
        case "validating", "in_progress" -> gateway.cancel(path + "/cancel");
        default -> {
          // It is over, or will be soon.
        }
      }
      return batch;
    }

    private boolean makeBatch(Gateway gateway, RemoteState state)
        throws IOException, InterruptedException {
      if (state.fileId().isEmpty()) {
        Members file = repeated(() -> upload(gateway, state.key()));
        if (file == null) {
          return false;
        }
        state.uploaded(file.text("id"));
      }
      String order =
          "{\"input_file_id\":\"%s\",\"endpoint\":\"%s\",\"completion_window\":\"24h\"}"
              .formatted(state.fileId(), ANY_ENDPOINT);
      Map<String, String> headers = headers();
      headers.put("Idempotency-Key", state.key() + "-batch");
      headers.put("Content-Type", "application/json");
      headers.put("x-offpeak-bad-lines", "error-file");
      Members batch =
          repeated(() -> gateway.post("/v1/batches", BodyPublishers.ofString(order), headers));
      if (batch == null) {
        return false;
      }
      state.created(batch.text("id"));
      return true;
    }

    private Members upload(Gateway gateway, String itsKey)
        throws IOException, InterruptedException {
      int limit = options.limits().line().toIntSaturated();
      return gateway.post(
          "/v1/files",
          BodyPublishers.ofInputStream(() -> Upload.of(options.inputs(), limit, this::sent)),
          Map.of("Content-Type", Upload.TYPE, "Idempotency-Key", itsKey + "-file"));
    }

    private void sent(long lines) {
      uploaded = lines;
      view.show(new Progress(lines, false, 0, 0, 0, 0, 0, 0, List.of()), clock.instant());
    }

    private void show(Members batch) {
      long total = Math.max(uploaded, batch.number("request_counts/total"));
      long done = batch.number("request_counts/completed");
      long failed = batch.number("request_counts/failed");
      boolean allRead = !batch.text("status").equals("validating");
      long running = Math.max(0, total - done - failed);
      view.show(
          new Progress(total, allRead, 0, running, 0, done, failed, 0, List.of()), clock.instant());
    }

    /** Makes a step, again and again while the gateway can't be reached; null when that is over. */
    private <T> @Nullable T repeated(Step<T> step) throws IOException, InterruptedException {
      while (stop.getCount() > 0) {
        try {
          T made = step.make();
          unreachableSince = null;
          return made;
        } catch (Gateway.Unreachable e) {
          if (isOver(e)) {
            return null;
          }
        }
      }
      return null;
    }

    private boolean isOver(Gateway.Unreachable e) throws InterruptedException {
      Instant now = clock.instant();
      Instant since = unreachableSince == null ? now : unreachableSince;
      unreachableSince = since;
      why = String.valueOf(e.getMessage());
      view.show(
          new Progress(
              uploaded,
              false,
              0,
              0,
              0,
              0,
              0,
              0,
              List.of(new Waiting("the gateway", why, since, null))),
          now);
      Duration patience = options.limits().patience();
      return (patience != null && since.plus(patience).isBefore(now)) || pause();
    }

    /** Whether the run is to stop. */
    private boolean pause() throws InterruptedException {
      return stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    Ended leave(RemoteState state) {
      if (stop.getCount() == 0) {
        console.stopped(List.of());
        return Ended.STOPPED;
      }
      String made = state.batchId().isEmpty() ? "" : "; its batch is " + state.batchId();
      console.waitedInVain("Nothing has moved for too long (--wait): " + why + made, List.of());
      return Ended.WAITED_IN_VAIN;
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    String geminiModel = options.asking().geminiModel();
    if (geminiModel != null) {
      headers.put("x-offpeak-model", geminiModel);
    }
    if (!options.asking().anthropic().version().isEmpty()) {
      headers.put(EditionHeaders.VERSION, options.asking().anthropic().version());
    }
    if (!options.asking().anthropic().betas().isEmpty()) {
      headers.put(EditionHeaders.BETA, String.join(",", options.asking().anthropic().betas()));
    }
    Duration within = options.deadlines().within();
    if (within != null) {
      headers.put("x-offpeak-deadline", clock.instant().plus(within).toString());
    }
    options
        .asking()
        .labels()
        .forEach((name, value) -> headers.put("x-offpeak-label-" + name, value));
    return headers;
  }
}
