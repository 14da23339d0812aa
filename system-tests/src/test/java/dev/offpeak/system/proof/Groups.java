package dev.offpeak.system.proof;

import dev.offpeak.system.world.Addresses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/** How Kafka has shared the partitions out. */
public final class Groups implements AutoCloseable {

  /** The group of the batcher. */
  public static final String BATCHER = "offpeak-batcher";

  /** The groups of all services that read from Kafka. */
  public static final List<String> ALL = List.of(BATCHER, "offpeak-submitter", "offpeak-results");

  private final Admin admin;

  /** Connects. */
  public Groups(Addresses addresses) {
    admin = Admin.create(Map.of("bootstrap.servers", addresses.kafka()));
  }

  /** Of each process in a group (with one thread each), how many partitions it has. */
  public Map<String, Integer> partitionsByMember(String group)
      throws InterruptedException, ExecutionException {
    Map<String, Integer> all = new HashMap<>();
    for (MemberDescription member :
        admin.describeConsumerGroups(List.of(group)).all().get().get(group).members()) {
      all.put(member.consumerId(), member.assignment().topicPartitions().size());
    }
    return all;
  }

  /** The client for more. */
  public Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
  }
}
