package dev.offpeak.operations.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the commands find where they are started.
 *
 * @param services the settings of each service: a command may be given any of their files and
 *     environments, and leaves to them what is theirs
 * @param environment the process's variables
 * @param folder the working folder
 */
public record CommandEnvironment(
    List<Class<? extends Record>> services, Map<String, String> environment, Path folder) {

  public CommandEnvironment {
    services = List.copyOf(services);
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static CommandEnvironment ofProcess(List<Class<? extends Record>> services) {
    return new CommandEnvironment(services, System.getenv(), Path.of("").toAbsolutePath());
  }

  /** The value of a variable; empty when it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Where runs keep their state. */
  Path home() {
    String named = variable("OFFPEAK_HOME");
    return folder.resolve(named.isEmpty() ? ".offpeak" : named);
  }
}
