package dev.offpeak.submitter.payload;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.testkit.broker.TestKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An llm.lanes of one partition, written in transactions as the batcher does. */
final class LaneTopic implements AutoCloseable {

  private final TestKafka kafka;
  private final String name;
  private final KafkaProducer<byte[], byte[]> producer;

  private LaneTopic(TestKafka kafka, String name) {
    this.kafka = kafka;
    this.name = name;
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("transactional.id", kafka.name("batcher"));
    properties.put("max.request.size", 16 * 1024 * 1024);
    properties.put("compression.type", "lz4");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  static LaneTopic create(TestKafka kafka) {
    return new LaneTopic(kafka, kafka.createTopic("lanes", 1));
  }

  String name() {
    return name;
  }

  /** Writes requests with these bodies in one transaction; returns the offset of the first. */
  long commit(String... bodies) throws Exception {
    long first = send(values(LaneRecords::encode, bodies));
    producer.commitTransaction();
    return first;
  }

  long commitOfANewerRelease(String body) throws Exception {
    long first = send(values(LaneRecords::encodeNewer, body));
    producer.commitTransaction();
    return first;
  }

  long commitRaw(byte[] value) throws Exception {
    long first = send(List.of(value));
    producer.commitTransaction();
    return first;
  }

  long abort(String... bodies) throws Exception {
    long first = send(values(LaneRecords::encode, bodies));
    producer.abortTransaction();
    return first;
  }

  void deleteBefore(long offset) throws Exception {
    try (var admin = Admin.create(kafka.clientProperties())) {
      admin
          .deleteRecords(Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  private static List<byte[]> values(Function<AdmittedRequest, byte[]> encode, String... bodies) {
    return Stream.of(bodies).map(body -> encode.apply(LaneRecords.request("c", body))).toList();
  }

  private long send(List<byte[]> values) throws Exception {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (byte[] value : values) {
      sent.add(producer.send(new ProducerRecord<>(name, 0, null, value)));
    }
    producer.flush();
    return sent.getFirst().get().offset();
  }

  @Override
  public void close() {
    producer.close();
  }
}
