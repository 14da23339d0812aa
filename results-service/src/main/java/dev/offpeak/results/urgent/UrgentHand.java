package dev.offpeak.results.urgent;

import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.results.publish.CallPublication;
import dev.offpeak.results.publish.Progress;
import dev.offpeak.results.urgent.InHand.Stage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The urgent requests that one partition's worker has. What changes is first said to a publication
 * and takes place when that is committed: a call that is not intended in Kafka is not made. Not
 * thread-safe.
 */
final class UrgentHand {

  private final int concurrent;
  private final Deque<ConsumerRecord<byte[], byte[]>> queue = new ArrayDeque<>();
  private final NavigableMap<Long, InHand> inHand = new TreeMap<>();

  /**
   * Nothing in hand.
   *
   * @param concurrent requests that may be tried at the same time
   */
  UrgentHand(int concurrent) {
    this.concurrent = concurrent;
  }

  /**
   * A try that may begin.
   *
   * @param trouble why it is not called but fails; null when nothing is wrong with it
   * @param held whether its account is paused, so that it is not called for now
   */
  record Start(InHand item, @Nullable Trouble trouble, boolean held) {

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
    return queue.isEmpty() && inHand.isEmpty();
  }

  /** Whether somebody is at any of them. */
  boolean isBusy() {
    return inHand.values().stream().anyMatch(item -> item.stage() == Stage.TRYING);
  }

  /** The request at that offset; null when it is not in hand any more. */
  @Nullable InHand at(long offset) {
    return inHand.get(offset);
  }

  /**
   * Goes on with another session's progress; drops what has its outcome all the same. What waits
   * may stand there as intended, by a commit whose answer was lost: only after another one is it
   * called.
   */
  void resume(Progress progress) {
    inHand.keySet().removeIf(offset -> !progress.take(offset));
    inHand.forEach((offset, item) -> item.intended(progress.next(offset) > 0));
  }

  /**
   * Takes what there is room for; what an earlier owner intended to call is in doubt.
   *
   * @param reader may throw, which leaves its record to the next time
   */
  void take(Progress progress, Function<ConsumerRecord<byte[], byte[]>, Urgent> reader) {
    while (!queue.isEmpty() && progress.hasRoomFor(queue.element().offset())) {
      Urgent request = reader.apply(queue.element());
      queue.remove();
      if (progress.take(request.offset())) {
        boolean inDoubt = progress.next(request.offset()) > 0;
        inHand.put(request.offset(), new InHand(request, inDoubt));
      }
    }
  }

  /** Says what is settled. */
  void settle(CallPublication out) {
    for (InHand item : inHand.values()) {
      if (item.stage() == Stage.SETTLED) {
        Turn.Settled with = item.outcome();
        Urgent request = item.request();
        out.settle(request.offset(), with.outcome(), with.kind(), request.account());
        if (with.billed() != null) {
          out.bill(with.billed(), with.usage());
        }
      }
    }
  }

  /** Says what is not to be called for now. */
  void retract(CallPublication out) {
    for (InHand item : inHand.values()) {
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
    for (InHand item : inHand.values()) {
      if (item.isIntendedInVain()) {
        item.intended(false);
      }
    }
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
  }
}
