package dev.offpeak.results.urgent;

import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.shared.partition.PartitionWork;
import dev.offpeak.results.shared.publish.CallPublication;
import dev.offpeak.results.shared.publish.PublishSession;
import dev.offpeak.results.urgent.TrackedRequests.Start;
import dev.offpeak.schemas.record.RecordFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off one partition of llm.urgent: each request is called on a thread of its own, once its
 * intent is committed; outcomes, and what is intended next, are committed together by the
 * partition's thread. When told to stop it begins no more calls and gives those under way some time
 * to end; what has not ended then is in doubt for the next owner.
 */
public final class UrgentWorker implements PartitionWork {

  private static final Logger LOGGER = LoggerFactory.getLogger(UrgentWorker.class);

  /** How long it may take to stop: for calls under way, and to commit what they came to. */
  public static final Duration GRACE = Duration.ofSeconds(20);

  private static final Duration CALLS = Duration.ofSeconds(15);

  private static final int TRIES_OF_A_BROKEN_ONE = 2;

  private final TopicPartition partition;
  private final UrgentDependencies with;
  private final StopSignal stop;
  private final ExecutorService tries;
  private final BlockingQueue<UrgentMessage> mail = new LinkedBlockingQueue<>();
  private final AtomicInteger notTaken = new AtomicInteger();
  private final TrackedRequests hand;
  private final TrackedRequests.Reader reader;

  /** Work that has not begun. */
  public UrgentWorker(TopicPartition partition, UrgentDependencies with, StopSignal stop) {
    this.partition = partition;
    this.with = with;
    this.stop = stop;
    this.hand = new TrackedRequests(with.concurrent());
    this.reader = new RecordReader(with);
    this.tries =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-" + partition.partition() + "-", 0).factory());
  }

  @Override
  public void take(List<ConsumerRecord<byte[], byte[]>> records) {
    notTaken.addAndGet(records.size());
    mail.add(new UrgentMessage.Taken(records));
  }

  @Override
  public boolean wantsMore() {
    return notTaken.get() == 0;
  }

  @Override
  public void receive() throws InterruptedException {
    receive(stop.await(mail::take));
  }

  @Override
  public void serve(PublishSession session) throws InterruptedException {
    var out = new CallPublication(session, with.usageWriter(), with.meters(), with.clock());
    hand.resume(out.progress());
    while (!stop.isStopped()) {
      take(out);
      hand.settle(out);
      hand.retract(out);
      List<Start> starts = hand.intend(out, with.clock().instant(), with.caller()::isHeld);
      out.commit();
      hand.committed(starts);
      starts.forEach(this::begin);
      if (hand.isEmpty()) {
        return;
      }
      receiveNext();
    }
    drain(out);
    stop.check();
  }

  private void take(CallPublication out) {
    int before = hand.queued();
    try {
      hand.take(out.progress(), reader);
    } finally {
      notTaken.addAndGet(hand.queued() - before);
    }
  }

  private static final class RecordReader implements TrackedRequests.Reader {

    private final UrgentDependencies with;

    RecordReader(UrgentDependencies with) {
      this.with = with;
    }

    @Override
    public UrgentRequest read(ConsumerRecord<byte[], byte[]> record) {
      return UrgentRequest.of(
          record.offset(), with.batches().deserialize(record.topic(), record.value()));
    }

    @Override
    public ProducerRecord<byte[], byte[]> failure(
        ConsumerRecord<byte[], byte[]> record, RuntimeException why) {
      LOGGER
          .atError()
          .setCause(why)
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .log("urgent request can't be processed");
      with.meters().unprocessable();
      return with.caller().failure(record, why);
    }
  }

  /** Waits for calls under way, and commits their outcomes. */
  private void drain(CallPublication out) throws InterruptedException {
    Instant end = with.clock().instant().plus(CALLS);
    while (true) {
      hand.settle(out);
      hand.retract(out);
      out.commit();
      hand.committed(List.of());
      if (!hand.isBusy()) {
        return;
      }
      Duration left = Duration.between(with.clock().instant(), end);
      UrgentMessage next =
          left.isNegative() ? null : mail.poll(left.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        LOGGER.atWarn().addKeyValue("partition", partition).log("calls under way are given up");
        return;
      }
      receive(next);
      receiveMore();
    }
  }

  @Override
  public void drop() {
    tries.shutdownNow();
    hand.drop();
  }

  private void receiveNext() throws InterruptedException {
    try {
      receive();
    } catch (InterruptedException e) {
      // The signal to stop is kept, and there are calls to wait for.
      if (!stop.isStopped()) {
        throw e;
      }
    }
    receiveMore();
  }

  private void receiveMore() {
    for (UrgentMessage more = mail.poll(); more != null; more = mail.poll()) {
      receive(more);
    }
  }

  private void receive(UrgentMessage received) {
    switch (received) {
      case UrgentMessage.Taken(var records) -> hand.add(records);
      case UrgentMessage.Tried(long offset, CallResult turn) -> {
        TrackedRequest item = hand.at(offset);
        if (item != null) {
          tried(item, turn);
        }
      }
      case UrgentMessage.Rested(long offset) -> {
        TrackedRequest item = hand.at(offset);
        if (item != null) {
          item.waiting();
        }
      }
    }
  }

  private void tried(TrackedRequest item, CallResult turn) {
    switch (turn) {
      case CallResult.Settled settled -> item.settled(settled);
      case CallResult.TurnedDown down -> {
        Duration wait = with.retries().backoff().delay(item.tries(), with.retries().random());
        Duration least = down.after();
        if (least != null && least.compareTo(wait) > 0) {
          wait = least;
        }
        rest(item, down, wait);
      }
    }
  }

  private void rest(TrackedRequest item, CallResult.TurnedDown down, Duration wait) {
    UrgentRequest request = item.request();
    LOGGER
        .atWarn()
        .addKeyValue("batchId", request.batch().getBatchId())
        .addKeyValue("account", request.account())
        .addKeyValue("reason", down.code() + ": " + down.message())
        .addKeyValue("wait", wait)
        .log("synchronous call turned down");
    if (!with.clock().instant().plus(wait).isBefore(request.deadline())) {
      item.turnedDownForGood(down);
      return;
    }
    item.turnedDown(down);
    aside(
        () -> {
          with.sleeper().sleep(wait);
          mail.add(new UrgentMessage.Rested(request.offset()));
        });
  }

  private void begin(Start start) {
    UrgentRequest request = start.item().request();
    Trouble trouble = start.trouble();
    aside(
        () -> {
          Supplier<CallResult> turn;
          if (trouble != null) {
            turn = () -> with.caller().fail(request, trouble);
          } else if (start.held()) {
            turn = () -> with.caller().hold(request);
          } else {
            turn = with.caller().call(request);
          }
          mail.add(new UrgentMessage.Tried(request.offset(), insist(request, turn)));
        });
  }

  /**
   * What was paid for gets its outcome, however long the registry or the broker is away. What can't
   * be made for a reason in the request itself ends as a failure.
   */
  private CallResult insist(UrgentRequest request, Supplier<CallResult> first)
      throws InterruptedException {
    return new Retry("request " + request.batch().getBatchId(), with.retries(), with.sleeper())
        .until(new Answering(request, first));
  }

  /** The tries of one request. */
  private final class Answering implements Retry.Attempt<CallResult, RuntimeException> {

    private final UrgentRequest request;
    private Supplier<CallResult> turn;
    private int failed;

    Answering(UrgentRequest request, Supplier<CallResult> first) {
      this.request = request;
      this.turn = first;
    }

    @Override
    public CallResult run() throws RetryLater {
      try {
        return turn.get();
      } catch (RuntimeException e) {
        if (failed++ >= TRIES_OF_A_BROKEN_ONE && RecordFault.isOnRecord(e)) {
          turn = () -> with.caller().unprocessable(request, e);
        }
        throw RetryLater.soon(e);
      }
    }
  }

  /** Something that blocks. */
  private interface Blocking {
    void run() throws InterruptedException;
  }

  private void aside(Blocking work) {
    tries.execute(
        () -> {
          try {
            work.run();
          } catch (InterruptedException | InterruptException e) {
            LOGGER.atDebug().addKeyValue("partition", partition).log("given up");
          } catch (Throwable e) {
            with.onFailure().accept(e);
          }
        });
  }
}
