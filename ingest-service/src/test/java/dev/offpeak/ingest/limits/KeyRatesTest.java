package dev.offpeak.ingest.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ingest.auth.RateLimits;
import dev.offpeak.ingest.limits.KeyRates.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Rates of keys, on a clock that is moved by hand. */
class KeyRatesTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final AtomicLong now = new AtomicLong(5);
  private final KeyRates rates = new KeyRates(now::get);

  private record Taken(long at, long amount) {}

  @Property(tries = 300)
  void noMinuteHasMoreThanTwiceTheLimitAndNoHourMoreThanSixtyOneTimes(
      @ForAll @IntRange(min = 1, max = 50) int limit,
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 20_000) Integer> millis,
      @ForAll @IntRange(min = 1, max = 60) int most) {
    AtomicLong clock = new AtomicLong();
    KeyRates tried = new KeyRates(clock::get);
    List<Taken> taken = new ArrayList<>();
    RateLimits limits = new RateLimits(null, (long) limit, null);
    for (int i = 0; i < millis.size(); i++) {
      clock.addAndGet(Duration.ofMillis(millis.get(i)).toNanos());
      long amount = Math.min(limit, 1 + (i * 7L) % most);
      if (tried.ask("k", limits, amount) instanceof Admission.Admitted) {
        taken.add(new Taken(clock.get(), amount));
      }
    }
    for (Taken first : taken) {
      long sum =
          taken.stream()
              .filter(each -> each.at() >= first.at() && each.at() < first.at() + MINUTE)
              .mapToLong(Taken::amount)
              .sum();
      assertThat(sum).isLessThanOrEqualTo(2L * limit);
    }
    long all = taken.stream().mapToLong(Taken::amount).sum();
    assertThat((double) all)
        .isLessThanOrEqualTo(limit + limit * (clock.get() / (double) MINUTE) + 1);
  }

  @Property(tries = 200)
  void whoWaitsAsLongAsToldIsAdmitted(
      @ForAll @IntRange(min = 1, max = 1000) int limit,
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 3000) Integer> amounts) {
    AtomicLong clock = new AtomicLong();
    KeyRates tried = new KeyRates(clock::get);
    RateLimits limits = new RateLimits((long) limit, (long) limit, null);
    for (int amount : amounts) {
      Admission first = tried.ask("k", limits, amount);
      for (int i = 0; i < 2 && first instanceof Admission.Refused refused; i++) {
        assertThat(refused.after()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(2));
        clock.addAndGet(refused.after().toNanos());
        first = tried.ask("k", limits, amount);
      }
      assertThat(first).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  void whatWasEstimatedTooHighIsGivenBackAndTooLowIsPaidBack() {
    RateLimits limits = new RateLimits(null, 100L, null);
    admitted(limits, 90).used(10);
    admitted(limits, 90).used(100);
    assertThat(rates.ask("k", limits, 1)).isInstanceOf(Admission.Refused.class);
    now.addAndGet(MINUTE / 4);
    assertThat(admitted(limits, 15).tokens().left()).isZero();
  }

  @Test
  void callsAtTheSameTimeAreCountedAndEachKeyByItself() {
    RateLimits limits = new RateLimits(null, null, 1);
    Admission.Admitted first = admitted(limits, 1);
    assertThat(rates.ask("k", limits, 1)).isInstanceOf(Admission.Refused.class);
    assertThat(rates.ask("other", limits, 1)).isInstanceOf(Admission.Admitted.class);
    first.ended();
    assertThat(rates.ask("k", limits, 1)).isInstanceOf(Admission.Admitted.class);
  }

  private Admission.Admitted admitted(RateLimits limits, long tokens) {
    Admission asked = rates.ask("k", limits, tokens);
    assertThat(asked).isInstanceOf(Admission.Admitted.class);
    return (Admission.Admitted) asked;
  }
}
