package dev.offpeak.testkit.broker;

import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/** The one broker of a test JVM, its data in a temporary folder that goes away with it. */
final class SharedBroker implements AutoCloseable {

  private static final String LARGEST_RECORD_BYTES = Integer.toString(16 * 1024 * 1024);

  private final Path folder;
  private final EmbeddedKafka kafka;
  private final AtomicInteger tests = new AtomicInteger();

  SharedBroker() {
    try {
      folder = Files.createTempDirectory("offpeak-test-broker");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder for the test broker", e);
    }
    kafka =
        EmbeddedKafka.start(
            BrokerOptions.in(folder).with("message.max.bytes", LARGEST_RECORD_BYTES));
  }

  /** The broker as one test sees it: with a prefix for names that no other test has. */
  TestKafka forOneTest() {
    return new TestKafka(kafka.bootstrapServers(), "t" + tests.incrementAndGet() + "-");
  }

  @Override
  public void close() throws IOException {
    kafka.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
