package dev.offpeak.kafka.embedded;

import java.nio.file.Path;

/** A process with a broker that says where it listens and then waits to be killed. */
final class KilledBroker {

  private KilledBroker() {}

  public static void main(String[] args) throws InterruptedException {
    var kafka = EmbeddedKafka.start(BrokerOptions.in(Path.of(args[0])));
    System.out.println("listening " + kafka.bootstrapServers());
    Thread.currentThread().join();
  }
}
