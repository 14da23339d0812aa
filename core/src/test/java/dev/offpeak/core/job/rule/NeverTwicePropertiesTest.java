package dev.offpeak.core.job.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.rule.ProviderWorld.Fate;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NeverTwicePropertiesTest {

  private static final CreateRecovery BY_FILE =
      new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO);
  private static final CreateRecovery BY_TIME =
      new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO);

  @Property
  void whateverHappensTheBatchIsExecutedOnce(
      @ForAll @Size(max = 60) List<Fate> script, @ForAll @IntRange(max = 3_600) int lateSeconds) {
    ProviderWorld world = world(BY_FILE, Duration.ofSeconds(lateSeconds), script);

    world.live(5_000);

    assertThat(world.executions()).isEqualTo(1);
    assertThat(world.state())
        .isInstanceOfSatisfying(
            Ended.class, ended -> assertThat(ended.as()).isEqualTo(JobEnd.As.COMPLETED));
  }

  /** Without a file to burn that holds for creates that do not take longer than is waited for. */
  @Property
  void withoutAFileTheBatchIsExecutedOnceWhenCreatesSettleInTime(
      @ForAll @Size(max = 60) List<Fate> script, @ForAll @IntRange(max = 60) int lateSeconds) {
    ProviderWorld world = world(BY_TIME, Duration.ofSeconds(lateSeconds), script);

    world.live(5_000);

    assertThat(world.executions()).isEqualTo(1);
    assertThat(world.state()).isInstanceOf(Ended.class);
  }

  /** That others are proved not to be ours says nothing of a create that is still under way. */
  @Property
  void withJobsOfOthersThatMightBeOursTheBatchIsExecutedOnceAllTheSame(
      @ForAll @Size(max = 60) List<Fate> script, @ForAll @IntRange(max = 60) int lateSeconds) {
    ProviderWorld world = world(BY_TIME, Duration.ofSeconds(lateSeconds), script).withAnothersJob();

    world.live(5_000);

    assertThat(world.executions()).isEqualTo(1);
    assertThat(world.state()).isInstanceOf(Ended.class);
  }

  /** The world is able to catch a rule that pays twice. */
  @Test
  void aLateCreateThatIsNeitherWaitedForNorBurntIsPaidTwice() {
    CreateRecovery careless = new CreateRecovery(true, false, SearchKey.MARKER, Duration.ZERO);
    ProviderWorld world =
        world(
            careless,
            Duration.ofHours(1),
            List.of(Fate.WELL, Fate.WELL, Fate.WELL, Fate.LATE_EFFECT));

    world.live(5_000);

    assertThat(world.executions()).isEqualTo(2);
  }

  @Property
  void betweenTwoCreatesTheFirstIsSettled(@ForAll @Size(max = 60) List<Fate> script) {
    ProviderWorld world = world(BY_FILE, Duration.ofSeconds(5), script);

    world.live(5_000);

    List<JobState> written = world.written();
    for (int i = 1; i < written.size(); i++) {
      if (written.get(i) instanceof Creating create && create.doubt() == null) {
        assertThat(written.get(i - 1))
            .as("what was recorded before %s", create)
            .isInstanceOf(Uploaded.class);
      }
    }
    assertThat(written.stream().filter(Ended.class::isInstance)).hasSize(1);
    assertThat(written.getLast()).isEqualTo(world.state());
  }

  private static ProviderWorld world(CreateRecovery recovery, Duration late, List<Fate> script) {
    return new ProviderWorld(RuleSamples.policy(recovery, 1_000), new Batch(10, 0), late, script);
  }
}
