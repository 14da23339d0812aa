package dev.offpeak.batcher.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changelog topics of the state stores. Kafka Streams refuses to work when someone has added
 * partitions to llm.lanes and its changelogs have fewer; they are given as many, which are empty as
 * the new partitions' stores are.
 *
 * @param source full name of the topic whose partitions they follow
 * @param names their full names
 */
public record Changelogs(String source, List<String> names) {

  private static final Logger LOGGER = LoggerFactory.getLogger(Changelogs.class);

  /** Those of the application's stores, as Kafka Streams names them. */
  public static Changelogs of(String applicationId, String source, String... stores) {
    return new Changelogs(
        source,
        Stream.of(stores).map(store -> applicationId + "-" + store + "-changelog").toList());
  }

  /** Adds partitions where there are too few. Changelogs that do not exist yet are left alone. */
  void follow(Admin admin) throws InterruptedException {
    try {
      Map<String, Integer> partitions = partitions(admin);
      int wanted = partitions.getOrDefault(source, 0);
      for (String name : names) {
        if (partitions.getOrDefault(name, wanted) < wanted) {
          grow(admin, name, wanted);
        }
      }
    } catch (ExecutionException e) {
      throw new KafkaException("the changelogs can't be looked at", e.getCause());
    }
  }

  private Map<String, Integer> partitions(Admin admin)
      throws InterruptedException, ExecutionException {
    List<String> there =
        admin.listTopics().listings().get().stream()
            .map(TopicListing::name)
            .filter(name -> name.equals(source) || names.contains(name))
            .toList();
    return admin.describeTopics(there).allTopicNames().get().values().stream()
        .collect(Collectors.toMap(TopicDescription::name, topic -> topic.partitions().size()));
  }

  private void grow(Admin admin, String name, int wanted)
      throws InterruptedException, ExecutionException {
    try {
      admin.createPartitions(Map.of(name, NewPartitions.increaseTo(wanted))).all().get();
      LOGGER
          .atInfo()
          .addKeyValue("topic", name)
          .addKeyValue("partitions", wanted)
          .log("changelog given as many partitions as its source has");
    } catch (ExecutionException e) {
      // Another instance was quicker.
      if (!(e.getCause() instanceof InvalidPartitionsException)) {
        throw e;
      }
    }
  }
}
