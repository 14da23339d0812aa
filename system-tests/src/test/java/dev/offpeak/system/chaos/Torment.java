package dev.offpeak.system.chaos;

import dev.offpeak.system.world.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deals the blows of a schedule, each victim's one after the other, different victims' at once. */
public final class Torment implements AutoCloseable {

  /** Exit code of a Java process that a SIGTERM has ended, after its hooks have run. */
  private static final int IN_GOOD_ORDER = 143;

  private final List<String> notInGoodOrder = new ArrayList<>();
  private final List<Member> victims;
  private final ScheduledExecutorService[] hands;
  private final Map<Deed, Integer> dealt = new EnumMap<>(Deed.class);

  /** Nothing is dealt yet. */
  public Torment(List<Member> victims) {
    this.victims = List.copyOf(victims);
    this.hands = new ScheduledExecutorService[victims.size()];
    for (int i = 0; i < hands.length; i++) {
      hands[i] = Executors.newSingleThreadScheduledExecutor();
    }
  }

  /** Begins; the future ends when everybody has had everything, and runs again. */
  public CompletableFuture<Void> begin(long seed, int blows, Duration within) {
    List<CompletableFuture<Void>> all =
        Schedule.of(seed, blows, victims.size(), within).stream().map(this::plan).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> plan(Blow blow) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    hands[blow.victim()].schedule(
        () -> strike(blow, over), blow.at().toMillis(), TimeUnit.MILLISECONDS);
    return over;
  }

  private void strike(Blow blow, CompletableFuture<Void> over) {
    Member victim = victims.get(blow.victim());
    try {
      switch (blow.deed()) {
        case KILL -> victim.kill();
        case FREEZE -> victim.freeze();
        case RESTART -> {
          // The blow before may have frozen it, and what stands still does not stop; or killed it.
          victim.thaw();
          if (victim.isRunning()) {
            stopped(victim, victim.terminate());
          }
        }
      }
      note(blow, victim);
    } catch (IOException | InterruptedException e) {
      over.completeExceptionally(e);
      return;
    }
    hands[blow.victim()].schedule(
        () -> revive(victim, over), blow.lasting().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What did not end in good order is told of; that the promise holds is what matters here. */
  private synchronized void stopped(Member victim, int code) {
    if (code != IN_GOOD_ORDER) {
      notInGoodOrder.add(victim.name() + " ended with " + code);
    }
  }

  /** Who was told to stop and was not able to, or not in time. */
  public synchronized List<String> notInGoodOrder() {
    return List.copyOf(notInGoodOrder);
  }

  private synchronized void note(Blow blow, Member victim) {
    dealt.merge(blow.deed(), 1, Integer::sum);
    System.out.printf(
        "%7.1f s: %s %s for %.1f s%n",
        blow.at().toMillis() / 1e3, blow.deed(), victim.name(), blow.lasting().toMillis() / 1e3);
  }

  private static void revive(Member victim, CompletableFuture<Void> over) {
    try {
      victim.thaw();
      victim.start();
      over.complete(null);
    } catch (IOException | InterruptedException e) {
      over.completeExceptionally(e);
    }
  }

  /** How many blows of each kind were dealt. */
  public synchronized Map<String, Integer> dealt() {
    Map<String, Integer> all = new TreeMap<>();
    dealt.forEach((deed, count) -> all.put(deed.name(), count));
    return all;
  }

  @Override
  public void close() {
    for (ScheduledExecutorService hand : hands) {
      hand.shutdownNow();
    }
  }
}
