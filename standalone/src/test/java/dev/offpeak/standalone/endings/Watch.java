package dev.offpeak.standalone.endings;

import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads outcomes and jobs as anybody outside could, all the time. */
final class Watch implements AutoCloseable {

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Deserializer<LlmResult> results;
  private final Deserializer<LlmFailure> failures;
  private final Deserializer<JobRecord> jobs;
  private final Deserializer<SealedBatch> batches;
  private final Map<String, List<Outcome>> outcomes = new ConcurrentHashMap<>();
  private final Map<String, List<String>> messages = new ConcurrentHashMap<>();
  private final Map<String, List<JobRecord>> histories = new ConcurrentHashMap<>();
  private final Map<String, Integer> sealed = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Watches with a consumer of committed records. */
  Watch(Consumer<byte[], byte[]> consumer, Topics topics, SerdeFactory serdes) {
    this.consumer = consumer;
    this.topics = topics;
    this.results = serdes.deserializer(LlmResult.class);
    this.failures = serdes.deserializer(LlmFailure.class);
    this.jobs = serdes.deserializer(JobRecord.class);
    this.batches = serdes.deserializer(SealedBatch.class);
    List<TopicPartition> all =
        List.of(topics.results(), topics.failures(), topics.jobs(), topics.batches()).stream()
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    this.thread = Thread.ofPlatform().name("endings-watch").daemon().start(this::run);
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        consumer.poll(Duration.ofSeconds(1)).forEach(this::take);
      }
    } catch (WakeupException _) {
      // Closed.
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (topic.equals(topics.results().name())) {
      LlmResult result = results.deserialize(topic, record.value());
      add(outcomes, result.getCustomId(), Outcome.answered(result.getAttempt()));
    } else if (topic.equals(topics.failures().name())) {
      LlmFailure failure = failures.deserialize(topic, record.value());
      String id = String.valueOf(failure.getCustomId());
      add(messages, id, failure.getMessage());
      add(outcomes, id, new Outcome(failure.getCode(), failure.getKind(), failure.getAttempts()));
    } else if (topic.equals(topics.batches().name())) {
      SealedBatch batch = batches.deserialize(topic, record.value());
      sealed.merge(batch.getAccount(), batch.getRequests(), Integer::sum);
    } else if (record.value() != null) {
      JobRecord job = jobs.deserialize(topic, record.value());
      add(histories, job.getAccount(), job);
    }
  }

  private static <T> void add(Map<String, List<T>> lists, String key, T value) {
    lists.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(value);
  }

  /** All outcomes of the request of that id. */
  List<Outcome> outcomes(String customId) {
    return outcomes.getOrDefault(customId, List.of());
  }

  /** Of its failures. */
  List<String> messages(String customId) {
    return messages.getOrDefault(customId, List.of());
  }

  /** How many requests of an account were put into batches, the cancelled ones as well. */
  int sealed(String account) {
    return sealed.getOrDefault(account, 0);
  }

  /** Everything recorded of the jobs of an account, each job's in order. */
  List<JobRecord> jobs(String account) {
    return histories.getOrDefault(account, List.of());
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
