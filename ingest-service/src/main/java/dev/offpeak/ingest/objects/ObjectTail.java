package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayCancel;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.reading.TopicTail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows llm.objects into a view, from its beginning, on a thread of its own. */
final class ObjectTail implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ObjectTail.class);

  /** Whoever asks wakes the reader. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Deserializer<GatewayObject> deserializer;
  private final ObjectView view;
  private final Function<List<TopicPartition>, Map<TopicPartition, Long>> ends;
  private final Bell bell;
  private final java.util.function.Consumer<Throwable> onFailure;
  private final Thread thread =
      Thread.ofPlatform().name("gateway-objects").daemon().unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private long asked;
  private long answered;
  private volatile @Nullable TopicTail idle;
  private volatile boolean stop;

  /**
   * @param consumers makes a reader of committed records, which this closes
   * @param ends how far partitions reach, with what is not committed yet: somebody may know of it
   * @param bell rung when a batch, or a wish about one, was read
   * @param onFailure is told when it can't go on
   */
  ObjectTail(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Deserializer<GatewayObject> deserializer,
      ObjectView view,
      Function<List<TopicPartition>, Map<TopicPartition, Long>> ends,
      Bell bell,
      java.util.function.Consumer<Throwable> onFailure) {
    this.topic = topic;
    this.consumers = consumers;
    this.deserializer = deserializer;
    this.view = view;
    this.ends = ends;
    this.bell = bell;
    this.onFailure = onFailure;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (TopicTail tail = new TopicTail(consumers.get())) {
      List<TopicPartition> partitions = tail.partitionsOf(topic);
      tail.beginAtTheBeginning(partitions);
      while (!stop) {
        try {
          turn(tail, partitions);
        } catch (WakeupException e) {
          LOGGER.atTrace().log("somebody asks");
        }
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the reading of objects was ended");
    } catch (RuntimeException e) {
      if (!stop) {
        onFailure.accept(e);
      }
    }
  }

  private void turn(TopicTail tail, List<TopicPartition> partitions) throws InterruptedException {
    idle = tail;
    long question = question();
    if (question > answered) {
      idle = null;
      tail.readTo(ends.apply(partitions), PATIENCE, this::apply);
      answer(question);
    } else {
      tail.poll(LOOK, this::apply);
    }
    idle = null;
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    GatewayObject object =
        record.value() == null ? null : deserializer.deserialize(topic, record.value());
    view.apply(ObjectKey.of(record.key()), object);
    if (object != null
        && (object.getObject() instanceof GatewayBatch
            || object.getObject() instanceof GatewayCancel)) {
      bell.ring();
    }
  }

  private long question() {
    lock.lock();
    try {
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private void answer(long question) {
    lock.lock();
    try {
      answered = question;
      came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all is in the view that was written before this call.
   *
   * @throws KafkaException when that takes too long
   */
  void catchUp(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      long question = ++asked;
      TopicTail waiting = idle;
      if (waiting != null) {
        waiting.wake();
      }
      while (answered < question) {
        if (left <= 0) {
          throw new KafkaException("llm.objects could not be read to its end in " + patience);
        }
        left = came.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    stop = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
