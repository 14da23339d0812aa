package dev.offpeak.kafka.embedded;

import java.util.HashMap;
import java.util.Map;

/**
 * The broker's configuration: one node that is its own controller, with few threads and small
 * buffers, because it shares its heap with everything else in the process.
 */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CLIENT_LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerProperties() {}

  static Map<String, String> of(BrokerOptions options, int clientPort, int controllerPort) {
    var client = CLIENT_LISTENER + "://" + options.host() + ":" + clientPort;
    var controller = CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort;
    var all = new HashMap<String, String>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(NODE_ID));
    all.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    all.put("controller.listener.names", CONTROLLER_LISTENER);
    all.put("inter.broker.listener.name", CLIENT_LISTENER);
    all.put("listeners", client + "," + controller);
    all.put("advertised.listeners", client);
    all.put("log.dirs", options.folder().toString());
    all.putAll(SINGLE_REPLICA);
    all.putAll(SMALL_FOOTPRINT);
    all.putAll(BEHAVIOUR);
    all.putAll(options.properties());
    return Map.copyOf(all);
  }

  private static final Map<String, String> SINGLE_REPLICA =
      Map.of(
          "default.replication.factor", "1",
          "min.insync.replicas", "1",
          "offsets.topic.replication.factor", "1",
          "offsets.topic.num.partitions", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "transaction.state.log.num.partitions", "1",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "share.coordinator.state.topic.num.partitions", "1");

  private static final Map<String, String> SMALL_FOOTPRINT =
      Map.of(
          "log.cleaner.dedupe.buffer.size", "4194304",
          "log.index.size.max.bytes", "1048576",
          "offsets.load.buffer.size", "1048576",
          "transaction.state.log.load.buffer.size", "1048576",
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "group.coordinator.threads", "1",
          // After a kill only unflushed segments are read again, so small ones make a quick start.
          "log.segment.bytes", "67108864");

  private static final Map<String, String> BEHAVIOUR =
      Map.of(
          "auto.create.topics.enable", "false",
          "group.initial.rebalance.delay.ms", "0",
          // Someone may stop the process for months: coming back must not mean starting over.
          "offsets.retention.minutes", "525600",
          // Fencing a silent broker lets another take over. Here there is no other, and being
          // fenced
          // after a long pause (a laptop asleep) only does harm.
          "broker.session.timeout.ms", "86400000");
}
