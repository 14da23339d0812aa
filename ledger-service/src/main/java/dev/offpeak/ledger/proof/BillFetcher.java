package dev.offpeak.ledger.proof;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.ledger.config.BilledAccount;
import dev.offpeak.ledger.config.ProofConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each account's provider for its bill, again and again. */
public final class BillFetcher implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(BillFetcher.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10));

  private final ProofConfig config;
  private final ProofBook book;
  private final Clock clock;
  private final StopSignal stop;

  /** Asks as the settings say, and keeps it in that book. */
  public BillFetcher(ProofConfig config, ProofBook book, Clock clock, Sleeper sleeper) {
    this.config = config;
    this.book = book;
    this.clock = clock;
    this.stop = new StopSignal(sleeper);
  }

  /** Ends it. */
  public void stop() {
    stop.stop();
  }

  @Override
  public void run() {
    try (ReportClient client = new ReportClient()) {
      while (!config.accounts().isEmpty() && !stop.isStopped()) {
        for (Map.Entry<String, BilledAccount> each : new TreeMap<>(config.accounts()).entrySet()) {
          new Retry("bill of " + each.getKey(), retries(), stop)
              .until(
                  () -> {
                    ask(client, each.getKey(), each.getValue());
                    return true;
                  });
        }
        stop.sleep(config.every());
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the providers' bills are asked for no more");
    }
  }

  private static Retries retries() {
    return new Retries(
        BACKOFF,
        RandomGenerator.getDefault(),
        (work, why, tries, wait) ->
            LOGGER
                .atWarn()
                .addKeyValue("work", work)
                .addKeyValue("reason", why.reason())
                .addKeyValue("wait", wait)
                .log("a bill can't be read yet"));
  }

  /** Asks each account once. */
  void once() throws InterruptedException, RetryLater {
    try (ReportClient client = new ReportClient()) {
      for (Map.Entry<String, BilledAccount> each : new TreeMap<>(config.accounts()).entrySet()) {
        ask(client, each.getKey(), each.getValue());
      }
    }
  }

  private void ask(ReportClient client, String name, BilledAccount account)
      throws InterruptedException, RetryLater {
    LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first = last.minusDays(config.days() - 1L);
    try {
      book.keep(name, first, last, new BillReader(account, client).read(first, last));
    } catch (IOException | RuntimeException e) {
      // A key that is refused is not asked for in a loop; the day stays as it was last said.
      LOGGER
          .atWarn()
          .setCause(e)
          .addKeyValue("account", name)
          .log("the bill can't be read; it is asked for again later");
    }
  }
}
