package dev.offpeak.results.completions.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.Answer;
import dev.offpeak.results.completions.job.JobCleaner.Left;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobCleanerTest {

  private static final ProviderError BROKEN = new ProviderError.Retryable("http_500", "broken");

  private final JobWorld world = new JobWorld(4, 5, 6);

  @Test
  void allFilesAreDeletedAlsoThoseThatCameAfterTheEnd() throws Exception {
    world.provider.says(Answer.ok(job(Phase.COMPLETED, "file-late", "file-errors")));

    assertThat(clean(job -> job.setInputFileId("file-in").setOutputFileId(null), true)).isEmpty();

    assertThat(world.provider.deleted()).containsExactly("file-in", "file-late", "file-errors");
  }

  @Test
  void aJobThatIsGoneLeavesTheFilesThatAreKnown() throws Exception {
    world.provider.says(Answer.failed(new ProviderError.Gone("not_found", "no such batch")));

    assertThat(clean(job -> job.setInputFileId("file-in"), true)).isEmpty();

    assertThat(world.provider.deleted()).containsExactly("file-in", "file-out");
  }

  @Test
  void aFileThatWasNeverUsedIsDeletedWithoutAskingForAJob() throws Exception {
    assertThat(
            clean(
                job -> job.setProviderJobId(null).setInputFileId("file-in").setOutputFileId(null),
                true))
        .isEmpty();

    assertThat(world.provider.deleted()).containsExactly("file-in");
  }

  @Test
  void nothingOfAJobThatStillRunsIsTouched() throws Exception {
    world.provider.says(Answer.ok(job(Phase.IN_PROGRESS, null, null)));

    assertThat(clean(job -> job.setInputFileId("file-in"), true))
        .extracting(Left::what)
        .containsExactly(JobWorld.JOB);

    assertThat(world.provider.deleted()).isEmpty();
  }

  @Test
  void answersThatWereNotDeliveredStay() throws Exception {
    world.provider.says(Answer.ok(job(Phase.COMPLETED, "file-out", null)));

    assertThat(clean(job -> job.setInputFileId("file-in"), false))
        .containsExactly(new Left("file-out", "01B", "kept: answers of it were not delivered"));

    assertThat(world.provider.deleted()).containsExactly("file-in");
  }

  @Test
  void whatIsRefusedIsSaidAndTheOthersGo() throws Exception {
    world.provider.says(Answer.ok(job(Phase.COMPLETED, "file-out", null)));
    world.provider.keeps("file-in", new ProviderError.AccountProblem("http_403", "not allowed"));

    assertThat(clean(job -> job.setInputFileId("file-in"), true))
        .containsExactly(new Left("file-in", "01B", "http_403: not allowed"));

    assertThat(world.provider.deleted()).containsExactly("file-in", "file-out");
    assertThat(world.sleeper.slept()).isEmpty();
  }

  @Test
  void whatMayPassIsTriedAgainAFewTimesAndThenSaid() throws Exception {
    world.provider.says(Answer.failed(BROKEN));
    world.provider.keeps("file-out", BROKEN);

    assertThat(clean(AS_IT_IS, true))
        .extracting(Left::what)
        .containsExactly(JobWorld.JOB, "file-out");

    assertThat(world.provider.deleted()).containsExactly("file-out", "file-out", "file-out");
    assertThat(world.sleeper.slept()).hasSize(4).allMatch(wait -> wait.toSeconds() <= 5);
  }

  @Test
  void aWishToBeLeftAloneForLongIsNotWaitedFor() throws Exception {
    world.provider.says(Answer.ok(job(Phase.COMPLETED, "file-out", null)));
    world.provider.keeps(
        "file-out", new ProviderError.RateLimited("rate_limit", "slow", Duration.ofHours(1)));

    assertThat(clean(AS_IT_IS, true)).hasSize(1);

    assertThat(world.sleeper.slept()).hasSize(2).allMatch(wait -> wait.toSeconds() == 5);
  }

  private static final UnaryOperator<JobEnded.Builder> AS_IT_IS = ended -> ended;

  private List<Left> clean(UnaryOperator<JobEnded.Builder> changes, boolean delivered)
      throws InterruptedException {
    byte[] value = world.ended(0, EndedAs.COMPLETED, changes).value();
    JobEnded job =
        world
            .serdes
            .deserializer(JobEnded.class)
            .deserialize(world.topics.completions().name(), value);
    return new JobCleaner(world.access(), world.sleeper).clean(job, delivered);
  }

  private static ProviderJob job(Phase phase, @Nullable String output, @Nullable String errors) {
    return new ProviderJob(
        JobWorld.JOB, phase, "seen", JobWorld.ENDED, null, 3, 3, 0, null, output, errors, null);
  }
}
