package dev.offpeak.simulator;

import dev.offpeak.simulator.fault.Chaos;
import dev.offpeak.simulator.fault.FaultJson;
import dev.offpeak.simulator.fault.FaultRule;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the simulator. */
@Command(
    name = "simulate",
    description = "A stand-in for the providers' batch APIs.",
    sortOptions = false)
public final class SimulatorArguments {

  private static final String SEE_HELP = "; see --help";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Listen there (${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen there; 0 for any free one (${DEFAULT-VALUE}).")
  private int port = 8081;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep everything there; a restart goes on with it.")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Decides everything that looks random (${DEFAULT-VALUE}).")
  private long seed = SimulatorConfig.defaults().seed();

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description = "Simulated seconds per real second (${DEFAULT-VALUE}).")
  private double speed = SimulatorConfig.defaults().speed();

  @Option(
      names = "--validation",
      paramLabel = "TIME",
      description = "Simulated time for which a job is validated, such as 0.3s, 20s, 5m or 2h.")
  private Duration validation = Pace.DEMO.validation();

  @Option(names = "--run", paramLabel = "TIME", description = "Likewise, for which it runs.")
  private Duration run = Pace.DEMO.run();

  @Option(
      names = "--finalizing",
      paramLabel = "TIME",
      description = "Likewise, for which it is finalized.")
  private Duration finalizing = Pace.DEMO.finalizing();

  @Option(
      names = "--cancelling",
      paramLabel = "TIME",
      description = "Likewise, which its cancel takes.")
  private Duration cancelling = Pace.DEMO.cancelling();

  @Option(
      names = "--failure-rate",
      paramLabel = "SHARE",
      description = "Share of the requests that fail at random, 0 to 1 (${DEFAULT-VALUE}).")
  private double failureRate = SimulatorConfig.defaults().failureRate();

  @Option(
      names = "--key",
      paramLabel = "KEY=ORG",
      description = "Accept only the keys given so; may be repeated.")
  private Map<String, String> keys = new LinkedHashMap<>();

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "Fault rules as YAML or JSON, see POST /_sim/faults.")
  private List<Path> faults = new ArrayList<>();

  @Option(
      names = "--chaos",
      paramLabel = "SHARE",
      description = "Share of the calls that meet a random fault, 0 to 1.")
  private @Nullable Double chaos;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Limits and quirks as YAML or JSON.")
  private @Nullable Path rules;

  @Option(names = "--help", usageHelp = true, description = "Says this.")
  @SuppressWarnings("UnusedVariable") // It is there for the usage; SimulatorMain looks for it.
  private boolean help;

  private SimulatorArguments() {}

  /** What {@code --help} prints. */
  public static String help() {
    return command(new SimulatorArguments()).getUsageMessage();
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException when it is wrong; the message says what and how to put it
   *     right
   * @throws IOException when a named file cannot be read
   */
  public static SimulatorConfig parse(List<String> arguments) throws IOException {
    SimulatorArguments read = new SimulatorArguments();
    try {
      command(read).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(words(e), e);
    }
    return read.config();
  }

  private static CommandLine command(SimulatorArguments into) {
    return new CommandLine(into)
        .setOverwrittenOptionsAllowed(true)
        .registerConverter(Duration.class, SimulatorArguments::time);
  }

  private static Duration time(String value) {
    return Duration.parse("PT" + value);
  }

  private static String words(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return "There is no option " + unmatched.getUnmatched().getFirst() + SEE_HELP;
    }
    if (e instanceof MissingParameterException missing) {
      return name(missing.getMissing().getFirst()) + " needs a value" + SEE_HELP;
    }
    ArgSpec option = e.getArgSpec();
    if (option == null) {
      return e.getMessage() + SEE_HELP;
    }
    return option.isMultiValue()
        ? name(option) + " needs a key and an organisation: " + option.paramLabel()
        : name(option) + " is '" + e.getValue() + "'; it must be " + kind(option.type());
  }

  private static String name(ArgSpec option) {
    return ((OptionSpec) option).longestName();
  }

  private static String kind(Class<?> type) {
    if (type == Duration.class) {
      return "a time such as 0.5s, 20s, 5m or 2h";
    }
    return type == int.class || type == long.class ? "a whole number" : "a number";
  }

  private SimulatorConfig config() throws IOException {
    List<FaultRule> met = new ArrayList<>();
    for (Path file : faults) {
      met.addAll(0, FaultJson.read(Files.readAllBytes(file)));
    }
    if (chaos != null) {
      met.addAll(Chaos.rules(chaos));
    }
    SimulatorConfig config =
        SimulatorConfig.defaults()
            .withAddress(host, port)
            .withSeed(seed)
            .withSpeed(speed)
            .withPace(new Pace(validation, run, finalizing, cancelling))
            .withFailureRate(failureRate)
            .withKeys(keys)
            .withFaults(met);
    if (data != null) {
      config = config.withDataFolder(data);
    }
    return rules == null ? config : config.withRules(ProviderRules.read(Files.readAllBytes(rules)));
  }
}
