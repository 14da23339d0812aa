package dev.offpeak.kafka.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker (KRaft, one node, its own controller) running in this process. {@link
 * #start(BrokerOptions)} returns when clients can use it; {@link #close()} stops it and keeps its
 * data, so that it can be started again on the same folder. A killed process loses nothing either:
 * the next start recovers.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private final BrokerOptions options;
  private final FolderLock lock;
  private final BrokerFaults faults;
  private final BrokerServer broker;
  private final ControllerServer controller;

  private EmbeddedKafka(
      BrokerOptions options,
      FolderLock lock,
      BrokerFaults faults,
      BrokerServer broker,
      ControllerServer controller) {
    this.options = options;
    this.lock = lock;
    this.faults = faults;
    this.broker = broker;
    this.controller = controller;
  }

  /**
   * Starts a broker and waits until it serves clients.
   *
   * @throws BrokerFailedToStart when the port is taken, or the folder is in use or unreadable
   */
  public static EmbeddedKafka start(BrokerOptions options) {
    return BoundBroker.bind(options).start();
  }

  static EmbeddedKafka start(BrokerOptions options, FolderLock lock, BoundSockets sockets)
      throws Exception {
    var kafka = create(options, lock, sockets);
    kafka.startServers();
    return kafka;
  }

  private static EmbeddedKafka create(BrokerOptions options, FolderLock lock, BoundSockets sockets)
      throws Exception {
    var config =
        new KafkaConfig(
            BrokerProperties.of(options, sockets.clientPort(), sockets.controllerPort()), false);
    var folder = options.folder().toString();
    formatOnce(options.folder());
    var identity =
        new MetaPropertiesEnsemble.Loader()
            .addMetadataLogDir(folder)
            .addLogDirs(List.of(folder))
            .load();
    var voters = Map.of(BrokerProperties.NODE_ID, sockets.controllerAddress());
    var faults = new BrokerFaults();
    var shared =
        new SharedServer(
            config,
            identity,
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, identity.clusterId().orElseThrow()),
            CompletableFuture.completedFuture(voters),
            List.of(),
            faults,
            sockets);
    return new EmbeddedKafka(
        options,
        lock,
        faults,
        new BrokerServer(shared),
        new ControllerServer(
            shared, KafkaRaftServer.configSchema(), new BootstrapDirectory(folder).read()));
  }

  /** Gives a new folder its cluster id; a folder that has one is left as it is. */
  private static void formatOnce(Path folder) throws Exception {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerProperties.NODE_ID)
        .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        // Replica election by log end offsets has no use with a single replica.
        .setFeatureLevel("eligible.leader.replicas.version", (short) 0)
        .run();
  }

  private void startServers() throws Exception {
    try {
      controller.startup();
      StaleRegistration.remove(controller.controller(), BrokerProperties.NODE_ID);
      broker.startup();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** What clients set as bootstrap.servers, {@code host:port}. */
  public String bootstrapServers() {
    return options.address();
  }

  /** The options that start this broker again with the same data on the same port. */
  public BrokerOptions options() {
    return options;
  }

  /** Completes, with the reason, when the broker has stopped working by itself. */
  public CompletionStage<Throwable> failure() {
    return faults.fatal();
  }

  /** Stops the broker cleanly; a second call does nothing. */
  @Override
  public void close() {
    broker.shutdown();
    controller.shutdown();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + options.folder(), e);
    }
  }
}
