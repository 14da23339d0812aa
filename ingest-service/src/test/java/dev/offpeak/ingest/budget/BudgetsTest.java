package dev.offpeak.ingest.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.Spender;
import dev.offpeak.ingest.auth.Window;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Budgets of gateways that share nothing but a topic, which keeps the order of what is written. */
class BudgetsTest {

  private static final Spender SEARCH = new Spender("acme", "k", "search", null);
  private static final Spender TITLES = new Spender("acme", "k", "titles", null);
  private static final Caller CALLER = new Caller("k", "acme", false);
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  /** The topic, with everybody who reads it. */
  private static final class SharedTopic implements HoldTopic {

    private final List<Budgets> readers = new ArrayList<>();

    @Override
    public synchronized void write(Hold hold, Consumer<Exception> onFailure) {
      readers.forEach(each -> each.held(hold.id(), hold));
    }

    @Override
    public synchronized void delete(String id) {
      readers.forEach(each -> each.held(id, null));
    }

    synchronized void used(Spender spender, Instant at, long cost) {
      UsageRecord usage =
          UsageRecord.newBuilder()
              .setRecordedAt(at)
              .setTenant(spender.tenant())
              .setKey(spender.key())
              .setTeam(spender.team())
              .setFeature(spender.feature())
              .setProvider("openai")
              .setAccount("main")
              .setEndpoint("/v1/embeddings")
              .setModel("m")
              .setMode(UsageMode.LIVE)
              .setRequests(1)
              .setUsage(Tokens.newBuilder().build())
              .setCostPicoUsd(cost)
              .setCharges(List.of())
              .build();
      readers.forEach(each -> each.used(usage));
    }
  }

  private static final class Hands extends Clock {

    private Instant now = NOON;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final SharedTopic topic = new SharedTopic();
  private final Hands clock = new Hands();
  private final Map<String, Double> open = new HashMap<>();

  private Budgets gateway(String name, Budget... configured) {
    var budgets =
        new Budgets(
            List.of(configured), topic, name, hold -> open.getOrDefault(hold.id(), -1.0), clock);
    topic.readers.add(budgets);
    budgets.opened();
    return budgets;
  }

  private static Budget tenant(Window window, long limit) {
    return new Budget("acme", "acme", null, null, null, window, limit);
  }

  private static Budget team(String team, long limit) {
    return new Budget(team, "acme", null, team, null, Window.MONTH, limit);
  }

  private static boolean reserve(Budgets at, String id, Spender spender, long amount)
      throws InterruptedException {
    return at.reserve(id, at.of(CALLER, spender), spender, amount).isEmpty();
  }

  private static boolean take(Budgets at, Spender spender, long amount)
      throws InterruptedException {
    return at.take(at.of(CALLER, spender), spender, amount).isEmpty();
  }

  @Test
  void ofAHundredAtOnceOverTwoGatewaysAsManyAreAdmittedAsFit() throws Exception {
    List<Budgets> gateways =
        List.of(gateway("a", tenant(Window.MONTH, 105)), gateway("b", tenant(Window.MONTH, 105)));
    List<Callable<Boolean>> creates = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      creates.add(() -> reserve(gateways.get(number % 2), "batch_" + number, SEARCH, 10));
    }
    int admitted = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(creates)) {
        admitted += each.get() ? 1 : 0;
      }
    }
    assertThat(admitted).isEqualTo(10);
  }

  @Test
  void itIsSetAsideOnEveryLevelOrNotAtAll() throws Exception {
    Budgets at = gateway("a", tenant(Window.MONTH, 100), team("search", 30));
    assertThat(reserve(at, "b1", SEARCH, 20)).isTrue();
    Shortfall refused = at.reserve("b2", at.of(CALLER, SEARCH), SEARCH, 20).orElseThrow();
    assertThat(refused.budget().name()).isEqualTo("search");
    assertThat(refused.left()).isEqualTo(10);
    assertThat(refused.until()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(reserve(at, "b3", TITLES, 80)).as("nothing of b2 is held anywhere").isTrue();
    assertThat(reserve(at, "b4", TITLES, 1)).isFalse();
  }

  @Test
  void whatIsHeldForABatchIsGivenBackAsItsLinesEnd() throws Exception {
    Budgets at = gateway("a", tenant(Window.MONTH, 100));
    open.put("b1", 1.0);
    assertThat(reserve(at, "b1", SEARCH, 100)).isTrue();
    clock.advance(Duration.ofDays(1).minusHours(13));
    assertThat(reserve(at, "b2", SEARCH, 1)).as("however long it takes").isFalse();
    open.put("b1", 0.25);
    topic.used(SEARCH, clock.instant(), 30);
    assertThat(reserve(at, "b2", SEARCH, 46)).isFalse();
    assertThat(reserve(at, "b2", SEARCH, 45)).isTrue();
    open.put("b1", 0.0);
    assertThat(reserve(at, "b3", SEARCH, 25)).isTrue();
  }

  @Test
  void aCreateThatCameToNothingHoldsNothingForLong() throws Exception {
    Budgets at = gateway("a", tenant(Window.MONTH, 100));
    assertThat(reserve(at, "b1", SEARCH, 100)).isTrue();
    clock.advance(Duration.ofMinutes(11));
    assertThat(reserve(at, "b2", SEARCH, 100)).isTrue();
  }

  @Test
  void aNewDayHasItsOwnMoney() throws Exception {
    Budgets at = gateway("a", tenant(Window.DAY, 10), tenant(Window.MONTH, 1000));
    topic.used(SEARCH, clock.instant(), 10);
    assertThat(take(at, SEARCH, 1)).isFalse();
    clock.advance(Duration.ofHours(13));
    assertThat(take(at, SEARCH, 1)).isTrue();
  }

  @Test
  void aGatewayThatDiesGivesItsLeaseBackAndOneThatStopsDoesSoAtOnce() throws Exception {
    Budgets dead = gateway("a", tenant(Window.MONTH, 100));
    Budgets other = gateway("b", tenant(Window.MONTH, 100));
    assertThat(take(dead, SEARCH, 60)).isTrue();
    assertThat(take(other, SEARCH, 60)).isFalse();
    clock.advance(Duration.ofMinutes(3));
    assertThat(take(other, SEARCH, 60)).isTrue();
    other.settle(SEARCH, 60, 0L);
    other.close();
    clock.advance(Duration.ofSeconds(3));
    assertThat(take(dead, TITLES, 100)).isTrue();
  }

  @Test
  void whatNobodyKnowsTheCostOfCountsAsItWasEstimated() throws Exception {
    Budgets at = gateway("a", tenant(Window.MONTH, 100));
    for (int i = 0; i < 2; i++) {
      assertThat(take(at, SEARCH, 40)).isTrue();
      at.settle(SEARCH, 40, null);
      clock.advance(Duration.ofSeconds(5));
    }
    clock.advance(Duration.ofSeconds(11));
    at.sweep();
    clock.advance(Duration.ofSeconds(3));
    assertThat(take(at, TITLES, 40)).isFalse();
    assertThat(take(at, TITLES, 20)).isTrue();
  }

  @Property(tries = 150)
  void howeverCallsComeNoMoreIsSpentThanMayBe(
      @ForAll @IntRange(min = 1, max = 500) int limit,
      @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 60) Integer> amounts)
      throws Exception {
    var fresh = new BudgetsTest();
    List<Budgets> gateways =
        List.of(
            fresh.gateway("a", tenant(Window.MONTH, limit)),
            fresh.gateway("b", tenant(Window.MONTH, limit)));
    long spent = 0;
    int i = 0;
    for (int amount : amounts) {
      Budgets at = gateways.get(i % 2);
      Spender spender = i % 3 == 0 ? SEARCH : TITLES;
      if (i % 4 == 3) {
        String id = "batch_" + i;
        if (reserve(at, id, spender, amount)) {
          fresh.topic.used(spender, fresh.clock.instant(), amount);
          fresh.open.put(id, 0.0);
          spent += amount;
        }
      } else if (take(at, spender, amount)) {
        long cost = amount - i % 2 * (amount / 2);
        fresh.topic.used(spender, fresh.clock.instant(), cost);
        at.settle(spender, amount, cost);
        spent += cost;
      }
      fresh.clock.advance(Duration.ofMillis(700));
      if (i % 5 == 4) {
        at.sweep();
      }
      i++;
      assertThat(spent).isLessThanOrEqualTo(limit);
    }
    fresh.clock.advance(Duration.ofMinutes(5));
    assertThat(take(gateways.getFirst(), SEARCH, limit - spent)).as("all comes back").isTrue();
  }
}
