package dev.offpeak.submitter.account;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.control.ControlWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the batcher, in llm.control, of accounts that their provider refuses, so that new requests
 * go around them: when that begins, again while it goes on, and when it is over. Any instance that
 * is refused tells; nobody has to take a notice back, since each ends by itself.
 */
public final class AccountNotices implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(AccountNotices.class);

  /** A refusal is told soon, and not by whoever was refused: that thread has a job to watch. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Looks between two tries, where tries come so quickly. */
  private static final int LOOKS = 5;

  private record Watched(AccountGate gate, NoticeRule rule) {}

  private final Producer<byte[], byte[]> producer;
  private final ControlWriter control;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Duration look;
  private final Map<String, Watched> watched = new HashMap<>();
  private final Thread thread;

  /**
   * Tells nothing before it is started.
   *
   * @param producer closed with this
   * @param topic full name of llm.control
   * @param longestWait between two tries of an account that is refused
   */
  public AccountNotices(
      AccountBook accounts,
      Producer<byte[], byte[]> producer,
      Serializer<ControlRecord> values,
      String topic,
      Duration longestWait,
      Clock clock,
      Sleeper sleeper) {
    this.producer = producer;
    this.control = new ControlWriter(producer, values, topic);
    this.clock = clock;
    this.sleeper = sleeper;
    Duration quick = longestWait.dividedBy(LOOKS);
    this.look = quick.compareTo(LOOK) < 0 ? quick : LOOK;
    accounts
        .usable()
        .forEach(
            (name, account) ->
                watched.put(name, new Watched(account.gate(), new NoticeRule(longestWait))));
    this.thread = Thread.ofVirtual().name("submitter-notices").unstarted(this::run);
  }

  /** Begins to look. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        sleeper.sleep(look);
        look();
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("no more notices");
    }
  }

  private void look() throws InterruptedException {
    Instant now = clock.instant();
    for (Map.Entry<String, Watched> account : watched.entrySet()) {
      AccountGate gate = account.getValue().gate();
      NoticeRule rule = account.getValue().rule();
      NoticeRule.Notice due = rule.due(gate.isRefused(), gate.refusedAt(), now);
      if (due != null && tell(account.getKey(), due, now)) {
        rule.told(due);
      }
    }
  }

  private boolean tell(String account, NoticeRule.Notice notice, Instant now)
      throws InterruptedException {
    ControlRecord record =
        ControlRecord.newBuilder()
            .setAction(notice.until() == null ? ControlAction.USABLE : ControlAction.UNUSABLE)
            .setAccount(account)
            .setValidUntil(notice.until())
            .setIssuedAt(now)
            .build();
    try {
      String _ = control.write(record);
    } catch (ExecutionException | RuntimeException e) {
      LOGGER.atWarn().setCause(e).addKeyValue("account", account).log("not told, tried again");
      return false;
    }
    LOGGER
        .atInfo()
        .addKeyValue("account", account)
        .addKeyValue("until", notice.until())
        .log(notice.until() == null ? "told that it is usable" : "told that it is refused");
    return true;
  }

  @Override
  public void close() {
    thread.interrupt();
    producer.close(LOOK);
  }
}
