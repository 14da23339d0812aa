package dev.offpeak.standalone.command;

import dev.offpeak.core.text.Visible;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.config.load.ConfigProblems;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.standalone.state.PrivateFolder;
import dev.offpeak.standalone.up.Up;
import dev.offpeak.standalone.up.UpOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak up}: the whole installation in one process that stays. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Start the whole installation in this process: broker, services, gateway, console and,"
            + " unless providers are named, the simulator. Programs of this machine need no key.",
    footer = {
      "",
      "Stopped or killed and started again with the same state folder, it goes on; nothing is"
          + " submitted twice. jobs, audit, cancel and the like find it by themselves.",
      "Exit codes: 0 stopped, 2 wrong usage, 3 could not run."
    })
public final class UpCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DestinationOptions whither = new DestinationOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Of the gateway; default: 8080, 0 is any free one.")
  private String port = "8080";

  @Option(
      names = "--console-port",
      paramLabel = "PORT",
      description = "Of the console, for a browser; default: 8070, 0 is any free one.")
  private String consolePort = "8070";

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Of the broker; default: any free one.")
  private String kafkaPort = "0";

  @Option(
      names = "--linger",
      paramLabel = "TIME",
      description =
          "How long a request waits for others of its batch; default: 5s with the simulator, 1m"
              + " elsewhere.")
  private @Nullable String linger;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Where the installation keeps its state; default: OFFPEAK_HOME, or .offpeak.")
  private @Nullable Path state;

  @Override
  public Integer call() throws Exception {
    Path home = StateFolder.of(state);
    UpOptions options = options();
    Path log = home.resolve("up.log");
    PrivateFolder.make(home);
    RunLog.into(PrivateFolder.makeFile(log));
    Up up = new Up(home.resolve("up"), whither.destination(System.getenv()), options);
    try (ShutdownHook hook = ShutdownHook.install(up::stop)) {
      up.run(
          addresses -> {
            System.out.print(addresses.text());
            System.out.println("  log        " + log);
          });
      hook.finished();
      return CommandLine.ExitCode.OK;
    } catch (CannotRun e) {
      line().getErr().println("offpeak: " + Visible.of(e.getMessage() + " (log: " + log + ")"));
      return ExitCode.COULD_NOT_RUN;
    }
  }

  private UpOptions options() {
    Map<String, String> given =
        new HashMap<>(Map.of("port", port, "kafka-port", kafkaPort, "console-port", consolePort));
    if (linger != null) {
      given.put("linger", linger);
    }
    try {
      return ConfigLoader.with(UpOptions.class, given);
    } catch (ConfigProblems e) {
      throw new ParameterException(
          line(), "--port, --kafka-port, --console-port or --linger: " + e.getMessage());
    }
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
