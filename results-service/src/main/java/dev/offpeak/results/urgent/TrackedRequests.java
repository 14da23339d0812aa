package dev.offpeak.results.urgent;

import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.publish.CallPublication;
import dev.offpeak.results.shared.publish.Progress;
import dev.offpeak.results.urgent.TrackedRequest.Stage;
import dev.offpeak.schemas.record.RecordFault;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The urgent requests that one partition's worker has. What changes is first said to a publication
 * and takes place when that is committed: a call that is not intended in Kafka is not made. Not
 * thread-safe.
 */
final class TrackedRequests {

  private final int concurrent;
  private final Deque<ConsumerRecord<byte[], byte[]>> queue = new ArrayDeque<>();
  private final NavigableMap<Long, TrackedRequest> inHand = new TreeMap<>();

  /** Failures of records that can't be read, until they are committed. */
  private final NavigableMap<Long, ProducerRecord<byte[], byte[]>> unreadable = new TreeMap<>();

  /**
   * Nothing in hand.
   *
   * @param concurrent requests that may be tried at the same time
   */
  TrackedRequests(int concurrent) {
    this.concurrent = concurrent;
  }

  /**
   * A try that may begin.
   *
   * @param trouble why it is not called but fails; null when nothing is wrong with it
   * @param held whether its account is paused, so that it is not called for now
   */
  record Start(TrackedRequest item, @Nullable Trouble trouble, boolean held) {

    boolean calls() {
      return trouble == null && !held;
    }
  }

  /** More requests, all behind those before. */
  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    queue.addAll(records);
  }

  /** Requests not looked at yet. */
  int queued() {
    return queue.size();
  }

  boolean isEmpty() {
    return queue.isEmpty() && inHand.isEmpty() && unreadable.isEmpty();
  }

  /** Whether somebody is at any of them. */
  boolean isBusy() {
    return inHand.values().stream().anyMatch(item -> item.stage() == Stage.TRYING);
  }

  /** The request at that offset; null when it is not in hand any more. */
  @Nullable TrackedRequest at(long offset) {
    return inHand.get(offset);
  }

  /**
   * Goes on with another session's progress; drops what has its outcome all the same. What waits
   * may stand there as intended, by a commit whose answer was lost: only after another one is it
   * called.
   */
  void resume(Progress progress) {
    NavigableSet<Long> offsets = new TreeSet<>(inHand.keySet());
    offsets.addAll(unreadable.keySet());
    for (long offset : offsets) {
      if (!progress.take(offset)) {
        inHand.remove(offset);
        unreadable.remove(offset);
      }
    }
    inHand.forEach((offset, item) -> item.intended(progress.next(offset) > 0));
  }

  /** Reads a record of llm.urgent. */
  interface Reader {

    /** The request; may throw, which leaves its record to the next time. */
    UrgentRequest read(ConsumerRecord<byte[], byte[]> record);

    /** The failure of a record that is to blame for it. */
    ProducerRecord<byte[], byte[]> failure(
        ConsumerRecord<byte[], byte[]> record, RuntimeException why);
  }

  /** Takes what there is room for; what an earlier owner intended to call is in doubt. */
  void take(Progress progress, Reader reader) {
    while (!queue.isEmpty() && progress.hasRoomFor(queue.element().offset())) {
      ConsumerRecord<byte[], byte[]> record = queue.element();
      try {
        UrgentRequest request = reader.read(record);
        if (progress.take(record.offset())) {
          boolean inDoubt = progress.next(record.offset()) > 0;
          inHand.put(record.offset(), new TrackedRequest(request, inDoubt));
        }
      } catch (RuntimeException e) {
        if (!RecordFault.isOnRecord(e)) {
          throw e;
        }
        if (progress.take(record.offset())) {
          unreadable.put(record.offset(), reader.failure(record, e));
        }
      }
      queue.remove();
    }
  }

  /** Says what is settled. */
  void settle(CallPublication out) {
    unreadable.forEach(
        (offset, failure) -> out.settle(offset, failure, OutcomeKind.FAILED_PROVIDER, ""));
    for (TrackedRequest item : inHand.values()) {
      if (item.stage() == Stage.SETTLED) {
        CallResult.Settled with = item.outcome();
        UrgentRequest request = item.request();
        out.settle(request.offset(), with.outcome(), with.kind(), request.account());
        if (with.billed() != null) {
          out.bill(with.billed());
        }
      }
    }
  }

  /** Says what is not to be called for now. */
  void retract(CallPublication out) {
    for (TrackedRequest item : inHand.values()) {
      if (item.isIntendedInVain()) {
        out.retract(item.request().offset());
      }
    }
  }

  /**
   * Says what is to be called next, as many as there is room for.
   *
   * @param isHeld whether an account is paused
   */
  List<Start> intend(CallPublication out, Instant now, Predicate<String> isHeld) {
    long trying = inHand.values().stream().filter(item -> item.stage() == Stage.TRYING).count();
    List<Start> starts =
        inHand.values().stream()
            .filter(item -> item.stage() == Stage.WAITING)
            .limit(concurrent - trying)
            .map(item -> new Start(item, item.trouble(now), isHeld.test(item.request().account())))
            .toList();
    for (Start start : starts) {
      if (start.calls()) {
        out.intend(start.item().request().offset());
      }
    }
    return starts;
  }

  /** What was said is committed. */
  void committed(List<Start> starts) {
    for (TrackedRequest item : inHand.values()) {
      if (item.isIntendedInVain()) {
        item.intended(false);
      }
    }
    unreadable.clear();
    inHand.values().removeIf(item -> item.stage() == Stage.SETTLED);
    for (Start start : starts) {
      start.item().intended(start.calls() || start.item().isIntended());
      start.item().trying();
    }
  }

  /** Drops everything; the next owner of the partition will take it. */
  void drop() {
    queue.clear();
    inHand.clear();
    unreadable.clear();
  }
}
