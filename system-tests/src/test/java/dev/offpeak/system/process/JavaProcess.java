package dev.offpeak.system.process;

import dev.offpeak.testkit.process.Freeze;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running program of ours, and every way to be rude to it. */
public final class JavaProcess {

  private static final long DRAIN_SECONDS = 40;

  private final Process process;

  private JavaProcess(Process process) {
    this.process = process;
  }

  /** Starts it. It ends with this process at the latest. */
  public static JavaProcess start(Program program) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                program.main()));
    command.addAll(program.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(program.environment());
    File log = program.log().toFile();
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    return new JavaProcess(process);
  }

  /** Whether it has not ended; a frozen one has not. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Memory that it has of the machine now, in bytes; 0 when that can't be told. */
  public long residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }

  /** How it ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * {@code kill}: what it has begun it may end, for a while; then {@code kill -9}, as container
   * platforms do it. Answers with its exit code.
   */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
    return process.exitValue();
  }

  /** {@code kill -STOP}: it stands still, with its connections open. */
  public void freeze() throws IOException, InterruptedException {
    Freeze.stop(process);
  }

  /** {@code kill -CONT}: it goes on, and does not know that time has passed. */
  public void thaw() throws IOException, InterruptedException {
    Freeze.end(process);
  }
}
