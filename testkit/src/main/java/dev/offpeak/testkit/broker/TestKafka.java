package dev.offpeak.testkit.broker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The shared broker as one test sees it.
 *
 * @param bootstrapServers where it listens
 * @param prefix begins the name of every topic, group and transactional id of this test, and of no
 *     other's
 */
public record TestKafka(String bootstrapServers, String prefix) {

  /** The given name made this test's own. */
  public String name(String name) {
    return prefix + name;
  }

  /** Creates a topic of this test with that many partitions and returns its full name. */
  public String createTopic(String name, int partitions) {
    createTopics(List.of(new NewTopic(name(name), partitions, (short) 1)));
    return name(name);
  }

  /** Creates topics as given; their names are taken as they are. */
  public void createTopics(Collection<NewTopic> topics) {
    try (var admin = Admin.create(clientProperties())) {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create " + topics, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating " + topics, e);
    }
  }

  /** All committed records of the topic with that full name, see {@link RecordsReader}. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return new RecordsReader(bootstrapServers).read(topic);
  }

  /** What a client needs to connect. */
  public Map<String, Object> clientProperties() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }
}
