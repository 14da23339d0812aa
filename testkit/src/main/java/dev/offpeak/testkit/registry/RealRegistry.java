package dev.offpeak.testkit.registry;

import dev.offpeak.testkit.process.Freeze;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apicurio Registry as it is released, running as a child process on a free port of this machine,
 * with its schemas in memory. The build unpacks it once, when testkit comes to its integration
 * tests; the system property {@code offpeak.registry.home} says where.
 */
public final class RealRegistry implements AutoCloseable {

  private static final String HOME = "offpeak.registry.home";
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
  private static final int LINES_KEPT = 50;
  private static final long START_SECONDS = 300;
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final Thread hook;
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final ConcurrentLinkedDeque<String> lastLines = new ConcurrentLinkedDeque<>();

  private RealRegistry(Process process) {
    this.process = process;
    this.hook = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofVirtual().name("registry-output").start(this::readOutput);
  }

  /** Starts one and waits until it answers. */
  public static RealRegistry start() {
    var registry = new RealRegistry(launch());
    try {
      var _ = registry.address.get(START_SECONDS, TimeUnit.SECONDS);
      return registry;
    } catch (ExecutionException | TimeoutException e) {
      registry.close();
      throw new IllegalStateException(
          "the registry did not start; its last words:\n" + String.join("\n", registry.lastLines),
          e);
    } catch (InterruptedException e) {
      registry.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the registry was starting", e);
    }
  }

  private static Process launch() {
    Path home = Path.of(System.getProperty(HOME, "../testkit/target/registry"));
    if (!Files.exists(home.resolve("quarkus-run.jar"))) {
      throw new IllegalStateException(
          "there is no registry in "
              + home.toAbsolutePath()
              + "; './mvnw verify' unpacks it there, or set "
              + HOME);
    }
    try {
      return new ProcessBuilder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-Dquarkus.http.host=127.0.0.1",
                  "-Dquarkus.http.port=0",
                  "-Dquarkus.management.host=127.0.0.1",
                  "-Dquarkus.management.port=0",
                  "-jar",
                  "quarkus-run.jar"))
          .directory(home.toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lastLines.add(line);
        if (lastLines.size() > LINES_KEPT) {
          lastLines.poll();
        }
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(listening.group(1));
        }
      }
      address.completeExceptionally(new IllegalStateException("the registry has ended"));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  /** What {@code schema.registry.url} is set to: its API as Confluent's clients speak it. */
  public String url() {
    return base() + "/apis/ccompat/v7";
  }

  /** Where all of its APIs are. */
  public URI base() {
    return URI.create(address.join());
  }

  /** It answers nobody until {@link #thaw}. */
  public void freeze() throws IOException, InterruptedException {
    Freeze.stop(process);
  }

  /** It answers again, those who still wait included. */
  public void thaw() throws IOException, InterruptedException {
    Freeze.end(process);
  }

  /** Stops it; its schemas are gone. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
