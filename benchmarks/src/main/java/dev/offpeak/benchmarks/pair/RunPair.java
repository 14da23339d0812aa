package dev.offpeak.benchmarks.pair;

import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.Corpus;
import dev.offpeak.benchmarks.load.JavaProcess;
import dev.offpeak.benchmarks.load.ScratchFolder;
import dev.offpeak.benchmarks.measure.Aim;
import dev.offpeak.benchmarks.measure.Comparison;
import dev.offpeak.benchmarks.measure.Pair;
import dev.offpeak.standalone.OffpeakMain;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * {@code offpeak run} of a file, with a simulator that answers at once, against the time that
 * Kafka's own producer test (kafka-producer-perf-test) needs to write the same bytes to the broker.
 * Both are processes with 512 MB of heap, and their start counts.
 */
public final class RunPair implements Pair {

  /** kafka-producer-perf-test holds its payloads in memory and picks from them. */
  private static final int PAYLOADS = 10_000;

  private static final String TOPIC = "producer-perf";

  private final Broker broker;
  private final Corpus corpus;
  private final Path folder;
  private int round;

  /** A pair that keeps its files in that folder. */
  public RunPair(Broker broker, Corpus corpus, Path folder) {
    this.broker = broker;
    this.corpus = corpus;
    this.folder = folder;
  }

  @Override
  public Comparison comparison() {
    return new Comparison(
        "offpeak run: file in, file out",
        "kafka-producer-perf-test of the same bytes",
        new Aim.TimeAtMost(6));
  }

  @Override
  public void prepare(int number) throws Exception {
    round = number;
    if (round == 0) {
      Files.createDirectories(folder);
      write(requests(), corpus.lines());
      write(payloads(), Math.min(PAYLOADS, corpus.lines()));
    } else {
      broker.deleteTopics(TOPIC);
    }
    broker.createTopic(topic());
  }

  private void write(Path file, int lines) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < lines; i++) {
        out.write(corpus.line(i));
        out.write('\n');
      }
    }
  }

  private Path requests() {
    return folder.resolve("requests.jsonl");
  }

  private Path payloads() {
    return folder.resolve("payloads.txt");
  }

  private String topic() {
    return TOPIC + "-" + round;
  }

  @Override
  public double raw() throws Exception {
    return JavaProcess.run(
        ProducerPerformance.class,
        List.of(
            "--bootstrap-server",
            String.valueOf(broker.config().bootstrapServers()),
            "--topic",
            topic(),
            "--num-records",
            Integer.toString(corpus.lines()),
            "--payload-file",
            payloads().toString(),
            "--throughput",
            "-1"),
        folder.resolve("producer-perf.log"));
  }

  @Override
  public double ours() throws Exception {
    Path state = folder.resolve("state");
    double seconds = run(state);
    ScratchFolder.delete(state);
    return seconds;
  }

  /** Ends with another exit code than 0 unless every request has its answer. */
  private double run(Path state) throws IOException, InterruptedException {
    return JavaProcess.run(
        OffpeakMain.class,
        List.of(
            "run",
            requests().toString(),
            "--output",
            folder.resolve("results.jsonl").toString(),
            "--state",
            state.toString(),
            "--simulator",
            "validation=0s",
            "--simulator",
            "run=0s",
            "--simulator",
            "finalizing=0s"),
        folder.resolve("run.log"));
  }

  @Override
  public void close() throws Exception {
    broker.deleteTopics(TOPIC);
  }
}
