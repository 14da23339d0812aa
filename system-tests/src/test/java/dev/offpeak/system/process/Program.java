package dev.offpeak.system.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that can be started again and again.
 *
 * @param name for logs and reports
 * @param main its main class, on the class path of this process
 * @param arguments of its command line
 * @param environment variables besides those of this process
 * @param log gets what it says, over all its starts
 */
public record Program(
    String name, String main, List<String> arguments, Map<String, String> environment, Path log) {

  public Program {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
