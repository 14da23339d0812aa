package dev.offpeak.system.world;

import static org.awaitility.Awaitility.await;

import dev.offpeak.system.process.JavaProcess;
import dev.offpeak.system.process.Program;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One process of the installation: an instance of a service, or the broker. */
public final class Member {

  private static final Duration START = Patience.LONG;

  private final String name;
  private final BooleanSupplier answers;
  private Program program;
  private @Nullable JavaProcess process;
  private boolean wanted;

  /**
   * Not started.
   *
   * @param answers whether it is ready to work
   */
  Member(Program program, BooleanSupplier answers) {
    this.name = program.name();
    this.program = program;
    this.answers = answers;
  }

  /** Such as {@code submitter-1}. */
  public String name() {
    return name;
  }

  /** With one more variable in its environment from its next start on. */
  public void put(String variable, String value) {
    Map<String, String> more = new HashMap<>(program.environment());
    more.put(variable, value);
    program = new Program(program.name(), program.main(), program.arguments(), more, program.log());
  }

  /** Starts it, and does not wait. */
  public synchronized void start() throws IOException {
    wanted = true;
    if (!isRunning()) {
      process = JavaProcess.start(program);
    }
  }

  /** Waits until it is ready to work. */
  public void awaitReady() {
    await(name + " is ready; see " + program.log())
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!isRunning()) {
                throw new IllegalStateException(name + " has ended; see " + program.log());
              }
              return answers.getAsBoolean();
            });
  }

  /** Whether there is a process, frozen or not. */
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Memory that it has of the machine now, in bytes; 0 when that can't be told. */
  public synchronized long residentBytes() {
    return process == null ? 0 : process.residentBytes();
  }

  /** Whether nobody has ended it, and yet it has. */
  public synchronized boolean hasEndedByItself() {
    return wanted && !isRunning();
  }

  /** Whether it is ready to work just now. */
  public boolean isReady() {
    return answers.getAsBoolean();
  }

  /** {@code kill -9}. */
  public synchronized void kill() throws InterruptedException {
    wanted = false;
    if (process != null) {
      process.kill();
    }
  }

  /** {@code kill}; answers with how it has ended, which is 143 when it has done so by itself. */
  public synchronized int terminate() throws InterruptedException {
    wanted = false;
    return process == null ? 0 : process.terminate();
  }

  /** {@code kill -STOP}. */
  public synchronized void freeze() throws IOException, InterruptedException {
    if (process != null && process.isAlive()) {
      process.freeze();
    }
  }

  /** {@code kill -CONT}. */
  public synchronized void thaw() throws IOException, InterruptedException {
    if (process != null && process.isAlive()) {
      process.thaw();
    }
  }
}
