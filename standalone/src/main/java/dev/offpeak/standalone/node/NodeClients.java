package dev.offpeak.standalone.node;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.control.ControlWriter;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes clients of a node's broker. But for the administrator they are the caller's to close. */
public final class NodeClients implements AutoCloseable {

  private static final int READER_WAIT_MILLIS = 25;
  private static final String CONTROL = "offpeak-run-control";

  private final KafkaConfig kafka;
  private final ByteSize requestLimit;
  private final Topics topics;
  private final SerdeFactory serdes;
  private final Producer<byte[], byte[]> producer;
  private final ControlWriter control;
  private final Admin admin;

  NodeClients(NodeSettings settings) {
    this.kafka = settings.kafka();
    this.requestLimit = settings.requestLimit();
    this.topics = settings.topics();
    this.serdes = SerdeFactory.of(settings.registry().serdeProperties());
    this.admin = Admin.create(ClientProperties.admin(kafka, "offpeak-run-admin"));
    this.producer = producerOf(ClientProperties.producer(kafka, CONTROL, requestLimit));
    this.control =
        new ControlWriter(
            producer, serdes.serializer(ControlRecord.class), topics.control().name());
  }

  /** An administrator, which is not the caller's to close. */
  public Admin admin() {
    return admin;
  }

  /** A producer of transactions; not initialised. */
  public Producer<byte[], byte[]> transactionalProducer(String transactionalId) {
    return producerOf(
        ClientProperties.transactionalProducer(
            kafka, transactionalId, transactionalId, requestLimit));
  }

  /** A consumer of committed records in that group. */
  public Consumer<byte[], byte[]> consumer(String groupId) {
    return consumerOf(ClientProperties.consumer(kafka, groupId, groupId));
  }

  /** A consumer of committed records that belongs to no group. */
  public Consumer<byte[], byte[]> reader(String clientId) {
    Map<String, Object> properties = ClientProperties.reader(kafka, clientId);
    // A person waits for what it reads, and that it has all takes one more fetch.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, READER_WAIT_MILLIS);
    return consumerOf(properties);
  }

  /** Serializers and deserializers of all topics. */
  public SerdeFactory serdes() {
    return serdes;
  }

  /** Asks the services for something that concerns every lane, account and job. */
  public void control(ControlAction action, Instant issuedAt)
      throws InterruptedException, ExecutionException {
    ControlRecord record =
        ControlRecord.newBuilder().setAction(action).setIssuedAt(issuedAt).build();
    String _ = control.write(record);
  }

  private static Consumer<byte[], byte[]> consumerOf(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Producer<byte[], byte[]> producerOf(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    serdes.close();
  }
}
