package dev.offpeak.system.world;

import dev.offpeak.simulator.SimulatorMain;
import dev.offpeak.system.process.BrokerMain;
import dev.offpeak.system.process.Ports;
import dev.offpeak.system.process.Program;
import dev.offpeak.testkit.registry.RealRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A whole installation, each part a process of its own: broker, Apicurio Registry, simulator, and
 * as many of each service as are started.
 */
public final class Installation implements AutoCloseable {

  private final Path folder;
  private final Tuning tuning;
  private final RealRegistry registry;
  private final Member broker;
  private final Member simulator;
  private final Addresses addresses;
  private final SimulatorDesk desk;
  private final Map<Kind, List<Instance>> instances = new EnumMap<>(Kind.class);

  /**
   * Broker, registry and simulator, ready; no services yet.
   *
   * @param folder for all data and logs
   * @param simulatorOptions more of its command line, such as {@code --seed}
   */
  public Installation(Path folder, Tuning tuning, List<String> simulatorOptions)
      throws IOException {
    this.folder = folder;
    this.tuning = tuning;
    Files.createDirectories(folder.resolve("logs"));
    int kafka = Ports.free();
    int provider = Ports.free();
    this.broker = broker(kafka);
    broker.start();
    this.simulator = simulator(provider, simulatorOptions);
    simulator.start();
    this.registry = RealRegistry.start();
    this.addresses =
        new Addresses(
            "127.0.0.1:" + kafka, registry.url(), URI.create("http://127.0.0.1:" + provider));
    this.desk = new SimulatorDesk(addresses.simulator());
    broker.awaitReady();
    simulator.awaitReady();
  }

  private Member broker(int port) {
    return new Member(
        program(
            "broker",
            BrokerMain.class.getName(),
            List.of(folder.resolve("kafka").toString(), Integer.toString(port))),
        () -> isKafka("127.0.0.1:" + port));
  }

  private Member simulator(int port, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--port", Integer.toString(port)));
    arguments.addAll(List.of("--data", folder.resolve("simulator").toString()));
    arguments.addAll(List.of("--run", tuning.run().toMillis() / 1000.0 + "s"));
    arguments.addAll(List.of("--validation", "0.2s", "--finalizing", "0.2s"));
    arguments.addAll(options);
    return new Member(
        program("simulator", SimulatorMain.class.getName(), arguments),
        () -> Http.isOk(URI.create("http://127.0.0.1:" + port + "/_sim/calls")));
  }

  private Program program(String name, String main, List<String> arguments) {
    return new Program(
        name, main, arguments, Settings.KEYS, folder.resolve("logs").resolve(name + ".log"));
  }

  /** One more instance of a service, not started. */
  public Instance add(Kind kind) throws IOException {
    List<Instance> those = instances.computeIfAbsent(kind, _ -> new ArrayList<>());
    String name = kind.id() + "-" + (those.size() + 1);
    int http = Ports.free();
    int api = kind == Kind.INGEST ? Ports.free() : 0;
    Path own = Files.createDirectories(folder.resolve(name));
    Path yaml = own.resolve("config.yaml");
    Files.writeString(yaml, new Settings(addresses, tuning).of(kind, name, http, api, own));
    Instance instance =
        new Instance(
            new Member(
                program(name, kind.main(), List.of("--config", yaml.toString())),
                () -> Http.isOk(Instance.ready(http))),
            kind,
            http,
            api);
    those.add(instance);
    return instance;
  }

  /** One more instance of these services, ready. */
  public void start(Kind... kinds) throws IOException {
    List<Instance> fresh = new ArrayList<>();
    for (Kind kind : kinds) {
      Instance instance = add(kind);
      instance.member().start();
      fresh.add(instance);
    }
    fresh.forEach(instance -> instance.member().awaitReady());
  }

  /** One more instance of every service, ready. */
  public void startOneOfEach() throws IOException {
    start(Kind.values());
  }

  /** The instances of a service, in the order in which they were added. */
  public List<Instance> of(Kind kind) {
    return List.copyOf(instances.getOrDefault(kind, List.of()));
  }

  /** All instances. */
  public List<Instance> all() {
    return instances.values().stream().flatMap(List::stream).toList();
  }

  /** Starts what has ended by itself, as whoever runs containers does; answers with whom. */
  public List<String> startAgainWhatHasEnded() throws IOException {
    List<String> ended = new ArrayList<>();
    for (Member member : processes()) {
      if (member.hasEndedByItself()) {
        ended.add(member.name());
        member.start();
      }
    }
    return ended;
  }

  /** Broker and instances: all that may be killed. */
  public List<Member> processes() {
    return Stream.concat(Stream.of(broker), all().stream().map(Instance::member)).toList();
  }

  /** The broker. */
  public Member broker() {
    return broker;
  }

  /** The provider; killed and started again, it goes on where it was. */
  public Member provider() {
    return simulator;
  }

  /** The schema registry. */
  public RealRegistry registry() {
    return registry;
  }

  /** Where its parts are. */
  public Addresses addresses() {
    return addresses;
  }

  /** The simulator's own endpoints. */
  public SimulatorDesk simulator() {
    return desk;
  }

  private static boolean isKafka(String address) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Kills everything. */
  @Override
  public void close() {
    try {
      for (Instance instance : all()) {
        instance.member().kill();
      }
      simulator.kill();
      broker.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      registry.close();
    }
  }
}
