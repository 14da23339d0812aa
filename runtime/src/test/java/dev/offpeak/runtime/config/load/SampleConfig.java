package dev.offpeak.runtime.config.load;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every kind of setting that there is. */
record SampleConfig(
    String name,
    @Default("10m") Duration linger,
    @Default("8MiB") ByteSize requestBytes,
    @Default("3") int attempts,
    @Default("1.5") double factor,
    @Default("false") boolean dryRun,
    @Default("keep-all") Mode mode,
    @Default("a, b") List<String> labels,
    @Nullable Path folder,
    HttpConfig http,
    KafkaConfig kafka,
    @Nullable Tls tls,
    Map<String, Account> accounts) {

  enum Mode {
    KEEP_ALL,
    KEEP_LAST
  }

  record Tls(Path certificate, @Default("30s") Duration timeout) {}

  record Account(URI baseUrl, Secret key, @Default("5") int jobs) {

    Account {
      if (jobs < 1) {
        throw new IllegalArgumentException("jobs must be 1 or more, not " + jobs);
      }
    }
  }
}
