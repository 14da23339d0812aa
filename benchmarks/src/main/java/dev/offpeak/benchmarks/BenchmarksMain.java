package dev.offpeak.benchmarks;

import dev.offpeak.benchmarks.installation.Installation;
import dev.offpeak.benchmarks.installation.PreparedJobs;
import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.Corpus;
import dev.offpeak.benchmarks.load.ScratchFolder;
import dev.offpeak.benchmarks.measure.Duel;
import dev.offpeak.benchmarks.measure.Measurement;
import dev.offpeak.benchmarks.measure.Pair;
import dev.offpeak.benchmarks.measure.RatioTable;
import dev.offpeak.benchmarks.pair.BatcherPair;
import dev.offpeak.benchmarks.pair.ResultsPair;
import dev.offpeak.benchmarks.pair.RunPair;
import dev.offpeak.benchmarks.pair.UploadPair;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares Offpeak with raw Kafka and prints the table of docs/benchmarks.md. */
@Command(
    name = "tools/benchmark",
    mixinStandardHelpOptions = true,
    description = "Compares Offpeak with raw Kafka on an embedded broker and prints the ratios.")
public final class BenchmarksMain implements Callable<Integer> {

  /** Batches of the corpus, all of the same size, so that the last one is full as well. */
  private static final int BATCHES = 10;

  /** What can be compared. */
  enum What {
    BATCHER,
    UPLOAD,
    RESULTS,
    RUN
  }

  @Option(
      names = "--requests",
      paramLabel = "NUMBER",
      description = "How many, a multiple of 10; default ${DEFAULT-VALUE}.")
  private int requests = 500_000;

  @Option(
      names = "--bytes",
      paramLabel = "NUMBER",
      description = "Of each request; default ${DEFAULT-VALUE}.")
  private int bytes = 2_000;

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      description = "That count, behind one to warm up; default ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Some of ${COMPLETION-CANDIDATES}.")
  private List<What> only = List.of(What.values());

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Where the broker keeps its data meanwhile; default: a temporary one. Needs about 16"
              + " times the requests' bytes.")
  private @Nullable Path folder;

  private BenchmarksMain() {}

  /** Measures and exits. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BenchmarksMain())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (requests < BATCHES || requests % BATCHES != 0) {
      System.err.println("--requests is " + requests + "; it must be a multiple of " + BATCHES);
      return CommandLine.ExitCode.USAGE;
    }
    List<Measurement> measurements = new ArrayList<>();
    try (ScratchFolder scratch = ScratchFolder.create(folder);
        Broker broker = Broker.in(scratch.path().resolve("kafka"));
        Simulator simulator =
            Simulator.start(
                SimulatorConfig.defaults().withDataFolder(scratch.path().resolve("simulator")))) {
      Duel duel = new Duel(rounds, System.err::println);
      for (Pair pair : pairs(scratch.path(), broker, simulator.baseUri())) {
        measurements.add(duel.measure(pair));
      }
    }
    System.out.println(Surroundings.describe(Clock.systemUTC(), requests, bytes, rounds));
    System.out.print(RatioTable.of(measurements));
    return 0;
  }

  private List<Pair> pairs(Path scratch, Broker broker, URI provider) {
    Corpus corpus = new Corpus(requests, bytes);
    int batch = requests / BATCHES;
    PreparedJobs jobs =
        new PreparedJobs(
            broker, new Installation(broker, "jobs.", scratch, provider, batch), corpus);
    List<Pair> pairs = new ArrayList<>();
    for (What what : only) {
      pairs.add(
          switch (what) {
            case BATCHER ->
                new BatcherPair(
                    broker,
                    corpus,
                    round ->
                        new Installation(
                            broker, "batcher-" + round + ".", scratch, provider, batch));
            case UPLOAD -> new UploadPair(broker, jobs);
            case RESULTS -> new ResultsPair(broker, jobs);
            case RUN -> new RunPair(broker, corpus, scratch.resolve("run"));
          });
    }
    return pairs;
  }
}
