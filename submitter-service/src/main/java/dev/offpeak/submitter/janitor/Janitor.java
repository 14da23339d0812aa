package dev.offpeak.submitter.janitor;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.Leftover;
import dev.offpeak.submitter.account.AccountUse.Usable;
import dev.offpeak.submitter.batch.JobNames;
import dev.offpeak.submitter.config.JanitorConfig;
import dev.offpeak.submitter.metric.SubmitterMeters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes its rounds in one instance of the installation: deletes files and cancels jobs that a crash
 * left at a provider. Never what bears no name of ours, never what a live job may need. What can't
 * be removed now is met again in the next round.
 */
public final class Janitor implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Janitor.class);

  private final Map<String, Usable> accounts;
  private final JobNames names;
  private final LiveBatches live;
  private final JanitorConfig times;
  private final BooleanSupplier onDuty;
  private final SubmitterMeters meters;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Thread thread;

  /**
   * Goes no round before it is started.
   *
   * @param accounts those that can be called, by name
   * @param onDuty whether this instance is the one
   */
  public Janitor(
      Map<String, Usable> accounts,
      JobNames names,
      LiveBatches live,
      JanitorConfig times,
      BooleanSupplier onDuty,
      SubmitterMeters meters,
      Clock clock,
      Sleeper sleeper) {
    this.accounts = accounts;
    this.names = names;
    this.live = live;
    this.times = times;
    this.onDuty = onDuty;
    this.meters = meters;
    this.clock = clock;
    this.sleeper = sleeper;
    this.thread = Thread.ofVirtual().name("submitter-janitor").unstarted(this::run);
  }

  /** Begins to go the rounds, the first one after a while. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        sleeper.sleep(times.every());
        if (onDuty.getAsBoolean()) {
          round();
        }
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("no more rounds");
    }
  }

  /** Lists first and reads the ledger afterwards: see {@link LeftoverRule}. */
  private void round() throws InterruptedException {
    Map<String, List<Leftover>> found = new LinkedHashMap<>();
    for (Map.Entry<String, Usable> account : accounts.entrySet()) {
      Usable use = account.getValue();
      if (use.gate().problem() == null) {
        List<Leftover> all = new ArrayList<>();
        String prefix = names.prefix();
        all.addAll(list(account.getKey(), use, () -> use.provider().leftoverJobs(prefix)));
        all.addAll(list(account.getKey(), use, () -> use.provider().leftoverFiles(prefix)));
        found.put(account.getKey(), all);
      }
    }
    if (found.values().stream().allMatch(List::isEmpty)) {
      return;
    }
    LeftoverRule broom;
    try {
      broom = new LeftoverRule(names, live.read(), times.grace(), clock.instant());
    } catch (KafkaException e) {
      LOGGER.atWarn().setCause(e).log("llm.jobs can't be read: nothing is taken away");
      return;
    }
    for (Map.Entry<String, List<Leftover>> of : found.entrySet()) {
      for (Leftover leftover : of.getValue()) {
        if (broom.takes(leftover)) {
          remove(of.getKey(), leftover);
        }
      }
    }
  }

  private static List<Leftover> list(
      String account, Usable use, Supplier<Answer<List<Leftover>>> call)
      throws InterruptedException {
    return switch (use.gate().call(call)) {
      case Answer.Ok<List<Leftover>>(List<Leftover> found) -> found;
      case Answer.Failed<List<Leftover>>(ProviderError error) -> {
        report(account, "listed", error);
        yield List.of();
      }
    };
  }

  private void remove(String account, Leftover leftover) throws InterruptedException {
    Usable use = Objects.requireNonNull(accounts.get(account), "it was listed");
    Answer<?> answer =
        use.gate()
            .call(
                () ->
                    switch (leftover.kind()) {
                      case FILE -> use.provider().delete(leftover.id());
                      case RUNNING_JOB -> use.provider().cancel(leftover.id());
                    });
    switch (answer) {
      case Answer.Failed<?>(ProviderError error) -> report(account, leftover.id(), error);
      case Answer.Ok<?> _ -> {
        meters.removed(account, leftover.kind());
        LOGGER
            .atInfo()
            .addKeyValue("account", account)
            .addKeyValue("kind", leftover.kind())
            .addKeyValue("id", leftover.id())
            .addKeyValue("name", leftover.name())
            .log("left at the provider by no live job: removed");
      }
    }
  }

  private static void report(String account, String what, ProviderError error) {
    LOGGER
        .atDebug()
        .addKeyValue("account", account)
        .addKeyValue("what", what)
        .addKeyValue("problem", error.message())
        .log("the janitor tries again in the next round");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
