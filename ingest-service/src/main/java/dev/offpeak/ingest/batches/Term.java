package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Bell;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchError;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which this replica drives the batches. It alone writes them, each step in a
 * transaction, so that a successor goes on behind the last step that was committed. What takes long
 * is done beside, so that no batch waits for another.
 */
final class Term implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Term.class);
  private static final Duration WHILE_FEEDING = Duration.ZERO;
  private static final Duration WHILE_BUSY = Duration.ofMillis(20);
  private static final Duration WHILE_OUTCOMES_COME = Duration.ofMillis(200);
  private static final Duration WHILE_NOTHING_IS_OPEN = Duration.ofSeconds(5);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_RECALLS = Duration.ofSeconds(1);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final String RECALL = "/recall";

  /** A job that also holds lines of others runs on; its answers are waited for so long. */
  private static final Duration AFTER_THE_WINDOW = Duration.ofHours(1);

  /**
   * What it works with.
   *
   * @param producer of transactions, initialised; closed at the end of the term
   * @param tails makes readers of committed records
   * @param ends says how far partitions reach, with what is not committed yet
   * @param sweep takes away what is kept no longer
   */
  record Tools(
      ObjectStore objects,
      BatchInput input,
      Finishing finishing,
      Recall.Means recall,
      Callable<Runnable> sweep,
      Producer<byte[], byte[]> producer,
      Supplier<TopicTail> tails,
      OutcomeTail.Ends ends,
      OutcomeTopics outcomes,
      Clock clock) {}

  private final Tools tools;
  private final Bell news;
  private final Steps steps;
  private final OutcomeTail tail;
  private final Chores chores = new Chores();
  private final Map<String, BatchFeed> feeds = new HashMap<>();
  private final Map<String, Recall> recalls = new HashMap<>();
  private final Map<String, Instant> done = new HashMap<>();
  private final Map<String, Instant> rests = new HashMap<>();
  private Instant swept = Instant.MIN;

  /**
   * Begins; all that a predecessor has committed is known when this returns.
   *
   * @param news rings when something may have to be done
   */
  Term(Tools tools, Bell news) throws InterruptedException {
    this.tools = tools;
    this.news = news;
    this.steps = new Steps(tools.objects(), tools.producer());
    tools.objects().catchUp();
    Map<String, GatewayBatch> open = new HashMap<>();
    for (GatewayObject each : tools.objects().openBatches()) {
      GatewayBatch batch = (GatewayBatch) each.getObject();
      if (batch.getStatus() == GatewayBatchStatus.IN_PROGRESS) {
        open.put(each.getId(), batch);
      }
    }
    this.tail = new OutcomeTail(tools.tails().get(), tools.outcomes(), tools.ends(), open);
  }

  /** One look at what has come, and one step of each batch. */
  void turn() throws InterruptedException {
    waitForNews();
    sweep();
    List<GatewayObject> open = tools.objects().openBatches();
    for (GatewayObject known : open) {
      GatewayObject object = steps.latest(known);
      if (tools.clock().instant().isBefore(rests.getOrDefault(object.getId(), Instant.MIN))) {
        continue;
      }
      try {
        step(object, (GatewayBatch) object.getObject());
      } catch (IOException e) {
        LOGGER
            .atWarn()
            .setCause(e)
            .addKeyValue("batch", object.getId())
            .log("a batch could not be gone on with; tried again");
        forget(object.getId());
        rests.put(object.getId(), tools.clock().instant().plus(AFTER_TROUBLE));
      }
    }
    steps.commit();
    steps.forgetOver(open);
  }

  private void waitForNews() throws InterruptedException {
    Duration most =
        !feeds.isEmpty()
            ? WHILE_FEEDING
            : chores.isBusy() ? WHILE_BUSY : tail.isIdle() ? null : WHILE_OUTCOMES_COME;
    if (tail.isIdle()) {
      news.await(most == null ? WHILE_NOTHING_IS_OPEN : most);
    } else {
      tail.read(most == null ? WHILE_OUTCOMES_COME : most);
    }
  }

  private void sweep() throws InterruptedException {
    Instant now = tools.clock().instant();
    if (swept.isAfter(now.minus(BETWEEN_SWEEPS))) {
      return;
    }
    try {
      chores
          .of("sweep", tools.sweep())
          .ifPresent(
              done -> {
                swept = now;
                done.run();
              });
    } catch (IOException e) {
      swept = now;
      LOGGER.atWarn().setCause(e).log("what is kept no longer could not be taken away");
    }
  }

  private void step(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    switch (batch.getStatus()) {
      case VALIDATING -> validate(object, batch);
      case IN_PROGRESS -> goOn(object, batch);
      case FINALIZING -> finish(object, batch);
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> {
        // Over; the view has not read it yet.
      }
    }
  }

  private void validate(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    Ending ending = ending(object, batch);
    if (ending != null) {
      chores.giveUp(object.getId());
      steps.add(object, endedEarly(batch, ending));
      return;
    }
    chores.of(object.getId(), () -> check(object, batch)).ifPresent(Runnable::run);
  }

  /** Where it was said how many lines there are, each is to have its outcome. */
  private GatewayBatch.Builder endedEarly(GatewayBatch batch, Ending ending) {
    Instant now = tools.clock().instant();
    return batch.getLines() > 0
        ? GatewayBatch.newBuilder(batch)
            .setStatus(GatewayBatchStatus.FINALIZING)
            .setOutcomesFrom(tail.ends())
            .setFinalizingAt(now)
        : GatewayBatch.newBuilder(batch).setStatus(ending.status()).setEndedAt(now);
  }

  private Runnable check(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    Optional<InputStream> file = tools.input().open(object, batch);
    InputCheck.Found found;
    if (file.isEmpty()) {
      found = new InputCheck.Found(0, null, List.of(gone(batch)));
    } else {
      try (InputStream in = file.get()) {
        found = tools.input().check(object, batch).of(in);
      }
    }
    GatewayBatch.Builder after = GatewayBatch.newBuilder(batch);
    Instant now = tools.clock().instant();
    boolean mayGoOn = found.errors().isEmpty() || (batch.getBadLines() && found.lines() > 0);
    if (mayGoOn) {
      after
          .setStatus(GatewayBatchStatus.IN_PROGRESS)
          .setLines(found.lines())
          .setModel(found.model())
          .setOutcomesFrom(tail.ends())
          .setInProgressAt(now);
    } else {
      after.setStatus(GatewayBatchStatus.FAILED).setErrors(found.errors()).setEndedAt(now);
    }
    return () -> steps.add(object, after);
  }

  private static GatewayBatchError gone(GatewayBatch batch) {
    return GatewayBatchError.newBuilder()
        .setCode("invalid_input_file")
        .setMessage("The input file " + batch.getInputFileId() + " is not there any more.")
        .setParam("input_file_id")
        .build();
  }

  private void goOn(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    Ending ending = ending(object, batch);
    OutcomeCount count = tail.follow(object.getId(), batch);
    if (batch.getFed() < batch.getLines() && ending == null) {
      feed(object, batch);
      return;
    }
    Instant now = tools.clock().instant();
    boolean isLate = now.isAfter(batch.getExpiresAt().plus(AFTER_THE_WINDOW));
    if (count.done() >= batch.getFed() - batch.getBad() || isLate) {
      end(object, batch, count, ending);
      return;
    }
    if (ending != null) {
      recall(object, now);
    }
    if (count.isNewsFor(batch) && isDue(object.getId(), BETWEEN_COUNTS, now)) {
      steps.add(object, count.into(GatewayBatch.newBuilder(batch)));
    }
  }

  /** Whether that was not done in so short a time; it is done now. */
  private boolean isDue(String what, Duration between, Instant now) {
    Instant last = done.getOrDefault(what, Instant.MIN);
    if (last.plus(between).isAfter(now)) {
      return false;
    }
    done.put(what, now);
    return true;
  }

  private void end(
      GatewayObject object, GatewayBatch batch, OutcomeCount count, @Nullable Ending ending)
      throws IOException, InterruptedException {
    forget(object.getId());
    rests.remove(object.getId());
    Instant now = tools.clock().instant();
    GatewayBatch.Builder counts = count.into(GatewayBatch.newBuilder(batch)).setFinalizingAt(now);
    List<OutcomeCount.Kept> kept = count.kept();
    if (kept != null && ending == null && count.done() == batch.getLines()) {
      finished(object, tools.finishing().of(object, counts.build(), kept));
    } else {
      steps.add(object, counts.setStatus(GatewayBatchStatus.FINALIZING));
    }
    tail.leave(object.getId());
    done.remove(object.getId());
  }

  private void finish(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    Ending ending = ending(object, batch);
    chores
        .of(
            object.getId(),
            () -> {
              Finishing.Finished finished = tools.finishing().of(object, batch, ending);
              return () -> finished(object, finished);
            })
        .ifPresent(Runnable::run);
  }

  private void finished(GatewayObject object, Finishing.Finished finished) {
    steps.add(object, finished.batch(), finished.output(), finished.errors());
  }

  private void feed(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    BatchFeed feed = feeds.get(object.getId());
    if (feed == null) {
      feed = tools.input().feed(object, batch);
      feeds.put(object.getId(), feed);
    }
    steps.feed(object, batch, feed);
    if (feed.isOver()) {
      forgetFeed(object.getId());
    }
  }

  private void recall(GatewayObject object, Instant now) throws IOException, InterruptedException {
    forgetFeed(object.getId());
    String name = object.getId() + RECALL;
    if (chores.isUnderWay(name) || isDue(name, BETWEEN_RECALLS, now)) {
      Recall recall =
          recalls.computeIfAbsent(object.getId(), _ -> new Recall(tools.recall(), object));
      chores
          .of(
              name,
              () -> {
                recall.look();
                return () -> {};
              })
          .ifPresent(Runnable::run);
    }
  }

  /** Why a batch ends before each line has an outcome; null when it does not. */
  private @Nullable Ending ending(GatewayObject object, GatewayBatch batch) {
    Optional<GatewayObject> cancel =
        tools.objects().known(new ObjectKey(object.getTenant(), object.getId() + Batches.CANCEL));
    if (cancel.isPresent()) {
      return Ending.CANCELLED;
    }
    boolean isOver = !tools.clock().instant().isBefore(batch.getExpiresAt());
    return isOver && batch.getOrigin() != GatewayOrigin.LINES ? Ending.EXPIRED : null;
  }

  private void forget(String batch) {
    forgetFeed(batch);
    chores.giveUp(batch + RECALL);
    done.remove(batch + RECALL);
    Recall recall = recalls.remove(batch);
    if (recall != null) {
      recall.close();
    }
  }

  private void forgetFeed(String batch) {
    BatchFeed feed = feeds.remove(batch);
    if (feed != null) {
      try {
        feed.close();
      } catch (IOException e) {
        LOGGER.atDebug().setCause(e).log("a file that was read was not closed well");
      }
    }
  }

  @Override
  public void close() {
    chores.close();
    List.copyOf(feeds.keySet()).forEach(this::forgetFeed);
    List.copyOf(recalls.keySet()).forEach(this::forget);
    tail.close();
    tools.producer().close();
  }
}
