package dev.offpeak.results.completions.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Position;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.results.shared.publish.Progress;
import dev.offpeak.results.shared.publish.Publication;
import dev.offpeak.results.shared.publish.PublishSession;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.avro.EndedAs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Whatever lines a provider gives, in whatever order, however small the chunks and whichever commit
 * breaks in whichever way: each request of the manifest has exactly one outcome.
 */
class OneOutcomeEachTest {

  private static final long[] OFFSETS = {4, 5, 6, 9, 20, 21, 5_000, 5_002};
  private static final TopicPartition COMPLETIONS = new TopicPartition("llm.completions", 0);
  private static final long JOB_OFFSET = 17;

  /** Any membership; nobody checks it here. */
  private static final ConsumerGroupMetadata GROUP =
      new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

  /** What happens to one commit. */
  private enum Fate {
    WORKS,
    FAILS,
    WORKS_UNHEARD
  }

  @Property(tries = 150)
  void everyRequestHasExactlyOneOutcome(
      @ForAll("lines") List<ResultLine> lines,
      @ForAll EndedAs as,
      @ForAll @IntRange(min = 1, max = 9) int chunk,
      @ForAll @IntRange(max = 9) int counted,
      @ForAll List<Fate> fates)
      throws Exception {
    JobWorld world = new JobWorld(OFFSETS);
    world.provider.says(Answer.ok(world.job(phase(as), counted, "file-out"))).brings(lines);
    List<ProducerRecord<byte[], byte[]>> published = new ArrayList<>();
    @Nullable OffsetAndMetadata committed = null;
    List<Fate> toCome = new ArrayList<>(fates);
    FetchedJob job =
        (FetchedJob)
            world.fetcher().fetch(world.ended(JOB_OFFSET, as, ended -> ended), 0, world.slots);

    while (committed == null || committed.offset() <= JOB_OFFSET) {
      Cluster cluster = new Cluster(toCome);
      try (PublishSession session = open(cluster, committed)) {
        session.progress().take(JOB_OFFSET);
        Publication out = world.publications(chunk).of(session, JOB_OFFSET, "main");
        world.publisher().publish(job, out, new StopSignal(world.sleeper));
      } catch (KafkaException e) {
        assertThat(e).hasMessage("the commit failed");
      }
      published.addAll(cluster.history());
      committed = cluster.lastCommitted(committed);
    }
    job.close();

    assertThat(published.stream().map(world::customId).filter(id -> !id.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.of(OFFSETS).mapToObj(offset -> "id-" + offset).toList());
    long answers =
        published.stream().filter(r -> r.topic().equals(world.topics.results().name())).count();
    assertThat(answers)
        .isEqualTo(
            LongStream.of(OFFSETS)
                .mapToObj(JobWorld::id)
                .filter(id -> lines.stream().anyMatch(line -> isAnswer(line, id)))
                .count());
    long billed =
        published.stream()
            .filter(r -> r.topic().equals(world.topics.usage().name()))
            .mapToLong(r -> world.usage(r).getRequests())
            .sum();
    assertThat(billed).isEqualTo(answers);
    if (counted > lines.size()) {
      assertThat(published.stream().filter(r -> r.topic().equals(world.topics.retries().name())))
          .as("retries of requests that may have been billed")
          .hasSizeLessThanOrEqualTo(lines.size());
    }
  }

  private static ProviderJob.Phase phase(EndedAs as) {
    return ProviderJob.Phase.valueOf(as.name());
  }

  private static boolean isAnswer(ResultLine line, String id) {
    return line instanceof ResultLine.Succeeded && id.equals(line.providerId());
  }

  private static PublishSession open(Cluster cluster, @Nullable OffsetAndMetadata committed)
      throws InterruptedException {
    return PublishSession.open(
        cluster,
        _ ->
            committed == null
                ? Progress.none()
                : Progress.of(committed.offset(), committed.metadata()),
        COMPLETIONS,
        () -> GROUP,
        FailpointListener.nowhere());
  }

  /** Kafka's own producer without a cluster; commits meet their fates. */
  private static final class Cluster extends MockProducer<byte[], byte[]> {

    private final List<Fate> fates;

    Cluster(List<Fate> fates) {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
      this.fates = fates;
    }

    @Override
    public void commitTransaction() {
      switch (fates.isEmpty() ? Fate.WORKS : fates.removeFirst()) {
        case WORKS -> super.commitTransaction();
        case FAILS -> throw new KafkaException("the commit failed");
        case WORKS_UNHEARD -> {
          super.commitTransaction();
          throw new KafkaException("the commit failed");
        }
      }
    }

    @Nullable OffsetAndMetadata lastCommitted(@Nullable OffsetAndMetadata otherwise) {
      return consumerGroupOffsetsHistory().isEmpty()
          ? otherwise
          : consumerGroupOffsetsHistory().getLast().get(GROUP.groupId()).get(COMPLETIONS);
    }
  }

  @Provide
  Arbitrary<List<ResultLine>> lines() {
    Arbitrary<String> ids =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of(LongStream.of(OFFSETS).mapToObj(JobWorld::id).toList())),
            Tuple.of(1, Arbitraries.of("op-0003-00000000000007", "foreign", "")),
            Tuple.of(1, Arbitraries.just(new Position(9, OFFSETS[0]).providerId())));
    return Combinators.combine(ids, Arbitraries.integers().between(0, 8))
        .as(OneOutcomeEachTest::line)
        .list()
        .ofMaxSize(20);
  }

  private static ResultLine line(String id, int kind) {
    return switch (kind) {
      case 0 -> JobWorld.error(id, ResultLine.Verdict.RETRYABLE);
      case 1 -> JobWorld.error(id, ResultLine.Verdict.YOUR_INPUT);
      case 2 -> new ResultLine.Expired(id, "expired");
      case 3 -> new ResultLine.Canceled(id, "cancelled");
      case 4 -> new ResultLine.Unreadable(null, "broken");
      case 5 -> new ResultLine.Unreadable(id, "cut");
      case 8 -> JobWorld.error(id, ResultLine.Verdict.UNCLEAR);
      default -> JobWorld.answer(id);
    };
  }
}
