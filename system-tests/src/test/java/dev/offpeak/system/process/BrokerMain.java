package dev.offpeak.system.process;

import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;

/** A Kafka broker as a process of its own: {@code FOLDER PORT}. */
public final class BrokerMain {

  private BrokerMain() {}

  /** Runs until the process is stopped. */
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafka kafka =
        EmbeddedKafka.start(
            BrokerOptions.in(Path.of(arguments[0]))
                .withPort(Integer.parseInt(arguments[1]))
                // Killed clients are to be noticed soon.
                .with("group.min.session.timeout.ms", "3000")
                .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(kafka::close));
    System.out.println("listening on " + kafka.bootstrapServers());
    Thread.currentThread().join();
  }
}
