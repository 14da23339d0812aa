package dev.offpeak.results.completions.job;

import static dev.offpeak.results.completions.job.JobWorld.answer;
import static dev.offpeak.results.completions.job.JobWorld.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.shared.publish.Progress;
import dev.offpeak.results.shared.publish.Publication;
import dev.offpeak.results.shared.publish.PublishSession;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.LlmFailure;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A record that breaks the code has an outcome itself, and stops nobody behind it. */
class UnprocessableRequestTest {

  private static final long JOB_OFFSET = 17;

  @Property(tries = 100)
  void whateverStandsInItsPlaceEveryRequestHasOneOutcome(@ForAll @Size(max = 60) byte[] noise)
      throws Exception {
    JobWorld world = new JobWorld(4, 5, 6);
    String lanes = world.topics.lanes().name();
    world.log.replace(new ConsumerRecord<>(lanes, JobWorld.PARTITION, 5, new byte[0], noise));
    world.provider.brings(List.of(answer(id(4)), answer(id(5)), answer(id(6))));

    DecodedCompletion job =
        world.fetcher().fetch(world.ended(JOB_OFFSET, EndedAs.COMPLETED, as -> as), 0, world.slots);
    List<ProducerRecord<byte[], byte[]>> sent = publish(world, job);

    assertThat(sent).filteredOn(r -> r.topic().equals(world.topics.results().name())).hasSize(2);
    assertThat(sent)
        .filteredOn(r -> r.topic().equals(world.topics.failures().name()))
        .singleElement()
        .satisfies(
            record -> {
              LlmFailure failure = world.failure(record);
              assertThat(failure.getCode()).isEqualTo("unprocessable_record");
              assertThat(failure.getMessage()).contains("offset 5 of llm.lanes");
              assertThat(failure.getRetryable()).isFalse();
              assertThat(failure.getResponseBody().hasRemaining()).isTrue();
            });
  }

  @Test
  void aCompletionThatIsNoneIsOneFailureAndIsPassed() throws Exception {
    JobWorld world = new JobWorld(4);
    var noise =
        new ConsumerRecord<>(
            world.topics.completions().name(),
            0,
            JOB_OFFSET,
            "01B".getBytes(UTF_8),
            new byte[] {7});

    List<ProducerRecord<byte[], byte[]>> sent =
        publish(world, world.fetcher().fetch(noise, 0, world.slots));

    assertThat(sent).hasSize(1);
    LlmFailure failure = world.failure(sent.getFirst());
    assertThat(failure.getCode()).isEqualTo("unprocessable_record");
    assertThat(failure.getMessage()).contains("offset 17 of llm.completions", "batch is 01B");
    assertThat(failure.getOriginal().remaining()).isEqualTo(1);
  }

  private static List<ProducerRecord<byte[], byte[]>> publish(
      JobWorld world, DecodedCompletion arrival) throws Exception {
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    try (PublishSession session =
        PublishSession.open(
            producer,
            _ -> Progress.none(),
            new TopicPartition("llm.completions", 0),
            () -> new MockConsumer<byte[], byte[]>("earliest").groupMetadata(),
            FailpointListener.nowhere())) {
      session.progress().take(JOB_OFFSET);
      Publication out = world.publications(10).of(session, JOB_OFFSET, "main");
      switch (arrival) {
        case FetchedJob job -> world.publisher().publish(job, out, new StopSignal(world.sleeper));
        case BadCompletion bad -> world.publisher().publish(bad, out);
      }
    }
    arrival.close();
    return producer.history();
  }
}
