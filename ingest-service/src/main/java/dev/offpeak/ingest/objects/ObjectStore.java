package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayClaim;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the gateway. Each replica keeps all of them in memory; before it says that
 * something is not there it has read all that others have written.
 */
public final class ObjectStore implements AutoCloseable {

  private static final String CLAIM = "claim-";
  private static final char CLAIM_END = '.';
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Serializer<GatewayObject> serializer;
  private final ObjectTail tail;
  private final ObjectView view;
  private final Bell bell;

  private ObjectStore(
      String topic,
      Producer<byte[], byte[]> producer,
      Serializer<GatewayObject> serializer,
      ObjectTail tail,
      ObjectView view,
      Bell bell) {
    this.topic = topic;
    this.producer = producer;
    this.serializer = serializer;
    this.tail = tail;
    this.view = view;
    this.bell = bell;
  }

  /**
   * The objects of that topic.
   *
   * @param producer writes single objects; the caller's to close
   * @param readers makes readers of committed records
   * @param ends how far partitions reach, with what is not committed yet
   * @param onFailure is told when the topic can't be followed any more
   */
  public static ObjectStore of(
      String topic,
      Producer<byte[], byte[]> producer,
      Supplier<Consumer<byte[], byte[]>> readers,
      SerdeFactory serdes,
      Function<List<TopicPartition>, Map<TopicPartition, Long>> ends,
      java.util.function.Consumer<Throwable> onFailure) {
    ObjectView view = new ObjectView();
    Bell bell = new Bell();
    ObjectTail tail =
        new ObjectTail(
            topic, readers, serdes.deserializer(GatewayObject.class), view, ends, bell, onFailure);
    return new ObjectStore(
        topic, producer, serdes.serializer(GatewayObject.class), tail, view, bell);
  }

  /** Rings when a batch, or a wish about one, was written. */
  public Bell bell() {
    return bell;
  }

  /** Begins to follow what is written. */
  public void start() {
    tail.start();
  }

  /** The object as it stands. */
  public Optional<GatewayObject> find(ObjectKey key) throws InterruptedException {
    Optional<GatewayObject> known = view.find(key);
    if (known.isPresent()) {
      return known;
    }
    catchUp();
    return view.find(key);
  }

  /** The object as it is known here; it may have been written since. */
  public Optional<GatewayObject> known(ObjectKey key) {
    return view.find(key);
  }

  /** Those of a tenant, the newest first, whoever has made them until now. */
  public List<GatewayObject> of(String tenant) throws InterruptedException {
    catchUp();
    return view.of(tenant);
  }

  /** A tenant's object that has this property and was made by this replica or is known to it. */
  public Optional<GatewayObject> findBy(String tenant, Predicate<GatewayObject> wanted)
      throws InterruptedException {
    return of(tenant).stream().filter(wanted).findFirst();
  }

  /** All that is known here. */
  public Stream<GatewayObject> all() {
    return view.all();
  }

  /** The batches that are known here and are not over. */
  public List<GatewayObject> openBatches() {
    return view.openBatches();
  }

  /** Waits until all is known that was written before. */
  public void catchUp() throws InterruptedException {
    tail.catchUp(PATIENCE);
  }

  /** Writes an object; it is there for everybody when this returns. */
  public void put(GatewayObject object) throws InterruptedException {
    send(record(object));
    catchUp();
  }

  /** Takes an object away. */
  public void delete(ObjectKey key) throws InterruptedException {
    send(record(key, null));
    catchUp();
  }

  /**
   * Claims the making of an object.
   *
   * @return of all claims of that call the first, whose object is there or may still come
   */
  public GatewayClaim claim(String tenant, GatewayClaim claim, Instant now)
      throws InterruptedException {
    send(
        record(
            GatewayObject.newBuilder()
                .setTenant(tenant)
                .setId(id(claim))
                .setCreatedAt(now)
                .setObject(claim)
                .build()));
    catchUp();
    return view.firstClaim(tenant, claim, now);
  }

  /** Gives a claim up: its object is not made. */
  public void unclaim(String tenant, GatewayClaim claim) throws InterruptedException {
    delete(new ObjectKey(tenant, id(claim)));
  }

  private static String id(GatewayClaim claim) {
    return CLAIM + claim.getCall() + CLAIM_END + claim.getMakes();
  }

  /** Takes an object away, which need not be known before this returns. */
  public void remove(ObjectKey key) {
    var _ = producer.send(record(key, null));
  }

  /** Writes an object that nobody waits for. */
  public void note(GatewayObject object) {
    var _ = producer.send(record(object));
  }

  /** The record of an object, to be written in a transaction of somebody else's. */
  public ProducerRecord<byte[], byte[]> record(GatewayObject object) {
    ObjectKey key = new ObjectKey(object.getTenant(), object.getId());
    return record(key, serializer.serialize(topic, object));
  }

  /** Claims of one call are in one partition: it is their order that decides. */
  private ProducerRecord<byte[], byte[]> record(ObjectKey key, byte @Nullable [] value) {
    boolean isClaim = key.id().startsWith(CLAIM);
    Integer partition =
        isClaim
            ? Math.floorMod(
                key.id().substring(0, key.id().indexOf(CLAIM_END)).hashCode(),
                producer.partitionsFor(topic).size())
            : null;
    return new ProducerRecord<>(topic, partition, key.bytes(), value);
  }

  private void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new KafkaException("an object could not be written", e.getCause());
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
