package dev.offpeak.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Runs a simulator until the process is stopped. */
public final class SimulatorMain {
  private SimulatorMain() {}

  /** See {@link SimulatorArguments}. */
  public static void main(String[] arguments) {
    int exit = run(List.of(arguments), System.out, System.err);
    if (exit >= 0) {
      System.exit(exit);
    }
  }

  /** Starts what the command line asks for; returns the exit code, or -1 when it runs on. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help")) {
      out.print(SimulatorArguments.help());
      return 0;
    }
    try {
      Simulator simulator = Simulator.start(SimulatorArguments.parse(arguments));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(simulator)));
      out.println("OpenAI: " + simulator.baseUri());
      out.println("Anthropic: " + simulator.rootUri());
      out.println("Gemini: " + simulator.rootUri());
      out.println("Ledger: " + simulator.rootUri().resolve("/_sim/ledger/summary"));
      return -1;
    } catch (IllegalArgumentException | IOException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private static void close(Simulator simulator) {
    try {
      simulator.close();
    } catch (IOException e) {
      System.err.println("The simulator did not close cleanly: " + e.getMessage());
    }
  }
}
