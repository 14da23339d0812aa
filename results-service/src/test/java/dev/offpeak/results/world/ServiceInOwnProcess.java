package dev.offpeak.results.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The service in a process of its own, which can be killed. */
public final class ServiceInOwnProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  /** Starts it with the settings of {@link RunningService#config} in a YAML file. */
  public ServiceInOwnProcess(Installation installation, Path folder, Map<String, String> kafka)
      throws IOException {
    Path config = folder.resolve("results.yaml");
    Files.writeString(config, yaml(installation, folder, kafka));
    log = folder.resolve("results.log");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.offpeak.results.ResultsMain",
                "--config",
                config.toString()));
    command.environment().put("TEST_API_KEY", "sk-test");
    process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static String yaml(Installation in, Path folder, Map<String, String> kafka) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("kafka:\n  bootstrap-servers: \"")
        .append(in.kafka().bootstrapServers())
        .append("\"\n  properties:\n");
    kafka.forEach((k, v) -> yaml.append("    ").append(k + ": \"" + v + "\"\n"));
    return yaml.append(
            """
            registry: {url: "%s"}
            topics: {prefix: "%s", partitions: %d}
            http: {host: 127.0.0.1, port: 0}
            accounts:
              %s: {provider: openai, base-url: "%s", api-key: "env:TEST_API_KEY"}
            limits: {request-bytes: 1MiB}
            downloads: {folder: "%s"}
            chunks: {records: 20}
            """
                .formatted(
                    in.registryUrl(),
                    in.kafka().prefix(),
                    Installation.PARTITIONS,
                    Installation.ACCOUNT,
                    in.account().baseUrl(),
                    folder.resolve("work")))
        .toString();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it as {@code kill} does, and tells its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** What it said. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
