package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.testkit.process.DefaultSignals;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code offpeak run} as a process of its own, from the distribution. */
final class RunProcess implements AutoCloseable {

  private static final Path LAUNCHER = Path.of("target", "offpeak", "offpeak").toAbsolutePath();

  /** Making the cache of the quick start takes longer than all that it would save the tests. */
  private static final String WITHOUT_QUICK_START = "-Xmx512m -XX:AOTMode=off";

  private static final long PATIENCE_SECONDS = Patience.LONG.toSeconds();

  private final Process process;
  private final Path output;

  private RunProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param output gets what it says
   */
  static RunProcess start(Path output, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "run"));
    command.addAll(arguments);
    command = DefaultSignals.of(command).orElse(command);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("OFFPEAK_JAVA_OPTS", WITHOUT_QUICK_START);
    builder.environment().putAll(environment);
    return new RunProcess(builder.start(), output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with no chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Whether a process that is started here hears of {@link #interrupt}. */
  static boolean canBeInterrupted() throws InterruptedException {
    return DefaultSignals.of(List.of("true")).isPresent();
  }

  /** Asks it to stop, as Ctrl-C does, and waits. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it still runs after " + PATIENCE_SECONDS + " s: " + said());
    }
    return process.exitValue();
  }

  /** All that it has printed so far. */
  String said() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      return "its output can't be read: " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
