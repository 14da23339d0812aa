package dev.offpeak.standalone.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Starts one service as its own {@code main} would, with the arguments that follow its name, and
 * lives until the process is told to stop.
 */
@Command
public final class ServiceCommand implements Callable<Integer> {

  private final Main main;

  @Unmatched private final List<String> arguments = new ArrayList<>();

  /** The command that runs that {@code main}. */
  public ServiceCommand(Main main) {
    this.main = main;
  }

  @Override
  public Integer call() throws Exception {
    main.run(arguments.toArray(String[]::new));
    // A main that ends by itself exits the process; one that returns has left threads at work.
    new CountDownLatch(1).await();
    return 0;
  }

  /** A {@code main} method. */
  @FunctionalInterface
  public interface Main {

    /** Runs the service, or starts it and returns. */
    void run(String[] arguments) throws Exception;
  }
}
