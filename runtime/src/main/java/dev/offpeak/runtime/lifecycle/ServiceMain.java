package dev.offpeak.runtime.lifecycle;

import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.config.load.ConfigProblems;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of a service's own process:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   System.exit(ServiceMain.run(args, new ServiceDefinition<>("results", ...)));
 * }
 * }</pre>
 *
 * <p>Exit codes: 0 stopped as told, 1 failed, 2 wrong arguments or configuration.
 */
public final class ServiceMain {

  private static final int WRONG_CONFIGURATION = 2;

  private ServiceMain() {}

  /** Runs the service until it is told to stop, or fails; returns the process's exit code. */
  public static int run(String[] args, ServiceDefinition<?> definition) {
    var environment = System.getenv();
    return new CommandLine(new Start<>(definition, environment))
        .setCommandName("offpeak " + definition.name())
        .execute(args);
  }

  @Command(mixinStandardHelpOptions = true, description = "Runs the service until it is stopped.")
  static final class Start<C extends Record> implements Callable<Integer> {

    private final ServiceDefinition<C> definition;
    private final Map<String, String> environment;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The YAML file to read; OFFPEAK_CONFIG names it as well.")
    @Nullable Path file;

    @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec command;

    Start(ServiceDefinition<C> definition, Map<String, String> environment) {
      this.definition = definition;
      this.environment = environment;
    }

    @Override
    public Integer call() {
      C config;
      try {
        config = ConfigLoader.load(definition.configType(), configFile(), environment);
      } catch (ConfigProblems e) {
        if (command != null) {
          command.commandLine().getErr().println(e.getMessage());
        }
        return WRONG_CONFIGURATION;
      }
      return new ServiceProcess<>(definition, config).run();
    }

    private @Nullable Path configFile() {
      if (file != null) {
        return file;
      }
      var named = environment.getOrDefault("OFFPEAK_CONFIG", "");
      return named.isEmpty() ? null : Path.of(named);
    }
  }
}
