package dev.offpeak.ledger.console;

import dev.offpeak.schemas.record.RecordFault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was asked for from here since this process started, and what came of it. */
final class Deeds {

  private static final Logger LOGGER = LoggerFactory.getLogger(Deeds.class);
  private static final int KEPT = 100;

  private final @Nullable Desk desk;
  private final Clock clock;
  private final Deque<Done> done = new ArrayDeque<>();
  private int number;

  /**
   * One of them.
   *
   * @param said what came of it; null while it is being done
   * @param failed whether it was not done
   */
  record Done(
      int number, Deed deed, String who, Instant at, @Nullable String said, boolean failed) {}

  /** With a desk, or without one, when nothing may be asked for. */
  Deeds(@Nullable Desk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  boolean mayBeDone() {
    return desk != null;
  }

  /**
   * Begins one.
   *
   * @param replayId of requests that are sent again
   * @return its number
   */
  int begin(Deed deed, String who, String replayId) {
    Desk at = desk;
    if (at == null) {
      throw new IllegalStateException("nothing may be asked for from here (console.actions)");
    }
    Done begun = add(deed, who);
    LOGGER
        .atInfo()
        .addKeyValue("deed", deed)
        .addKeyValue("who", who)
        .log("somebody asks for something in the console");
    Thread.startVirtualThread(() -> carryOut(at, begun, replayId));
    return begun.number();
  }

  private synchronized Done add(Deed deed, String who) {
    number++;
    Done begun = new Done(number, deed, who, clock.instant(), null, false);
    done.addFirst(begun);
    if (done.size() > KEPT) {
      done.removeLast();
    }
    return begun;
  }

  private void carryOut(Desk at, Done begun, String replayId) {
    try {
      Deed deed = begun.deed();
      end(
          begun,
          deed.kind() == Deed.Kind.RETRY
              ? at.sendAgain(deed.of(), replayId)
              : at.ask(deed.record()),
          false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(begun, "it was broken off", true);
    } catch (RuntimeException e) {
      LOGGER.atWarn().setCause(e).addKeyValue("deed", begun.deed()).log("it can't be asked for");
      end(begun, RecordFault.words(e), true);
    }
  }

  private synchronized void end(Done begun, String said, boolean failed) {
    Done ended = new Done(begun.number(), begun.deed(), begun.who(), begun.at(), said, failed);
    List<Done> all = List.copyOf(done);
    done.clear();
    all.forEach(each -> done.addLast(each.number() == ended.number() ? ended : each));
  }

  /** The newest first. */
  synchronized List<Done> all() {
    return List.copyOf(done);
  }

  synchronized Optional<Done> find(String word) {
    return done.stream().filter(each -> Integer.toString(each.number()).equals(word)).findFirst();
  }
}
