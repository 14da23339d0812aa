package dev.offpeak.simulator;

import dev.offpeak.simulator.fault.Chaos;
import dev.offpeak.simulator.fault.FaultJson;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command line of the simulator: {@code --name value} pairs. */
public final class SimulatorArguments {
  /** What {@code --help} prints. */
  public static final String HELP =
      """
      A stand-in for the providers' batch APIs.

        --host 127.0.0.1      address to listen on
        --port 8081           port to listen on; 0 for any free one
        --data FOLDER         keep everything there; a restart goes on with it
        --seed 1              decides everything that looks random
        --speed 1             simulated seconds per real second
        --validation 0.3s     simulated time in each state; 20s, 5m and 2h work too
        --run 1.2s
        --finalizing 0.3s
        --cancelling 0.3s
        --failure-rate 0      share of the requests that fail at random, 0 to 1
        --key KEY=ORG         accept only the keys given so; may be repeated
        --faults FILE         fault rules as YAML or JSON, see POST /_sim/faults
        --chaos 0             share of the calls that meet a random fault, 0 to 1
        --rules FILE          limits and quirks as YAML or JSON
      """;

  private static final int USUAL_PORT = 8081;

  private SimulatorArguments() {}

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException when it is wrong; the message says what and how to put it
   *     right
   * @throws IOException when a named file cannot be read
   */
  public static SimulatorConfig parse(List<String> arguments) throws IOException {
    SimulatorConfig config =
        SimulatorConfig.defaults().withAddress("127.0.0.1", USUAL_PORT).withPace(Pace.DEMO);
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " needs a value; see --help");
      }
      config = with(config, name, arguments.get(i + 1));
    }
    return config;
  }

  private static SimulatorConfig with(SimulatorConfig config, String name, String value)
      throws IOException {
    Pace pace = config.pace();
    return switch (name) {
      case "--host" -> config.withAddress(value, config.port());
      case "--port" -> config.withAddress(config.host(), (int) whole(name, value));
      case "--data" -> config.withDataFolder(Path.of(value));
      case "--seed" -> config.withSeed(whole(name, value));
      case "--speed" -> config.withSpeed(number(name, value));
      case "--failure-rate" -> config.withFailureRate(number(name, value));
      case "--validation" ->
          config.withPace(
              new Pace(time(name, value), pace.run(), pace.finalizing(), pace.cancelling()));
      case "--run" ->
          config.withPace(
              new Pace(pace.validation(), time(name, value), pace.finalizing(), pace.cancelling()));
      case "--finalizing" ->
          config.withPace(
              new Pace(pace.validation(), pace.run(), time(name, value), pace.cancelling()));
      case "--cancelling" ->
          config.withPace(
              new Pace(pace.validation(), pace.run(), pace.finalizing(), time(name, value)));
      case "--key" -> config.withKeys(withKey(config.keys(), value));
      case "--faults" ->
          config.withFaults(
              Stream.concat(
                      FaultJson.read(Files.readAllBytes(Path.of(value))).stream(),
                      config.faults().stream())
                  .toList());
      case "--chaos" ->
          config.withFaults(
              Stream.concat(config.faults().stream(), Chaos.rules(number(name, value)).stream())
                  .toList());
      case "--rules" -> config.withRules(ProviderRules.read(Files.readAllBytes(Path.of(value))));
      default -> throw new IllegalArgumentException("There is no option " + name + "; see --help");
    };
  }

  private static Map<String, String> withKey(Map<String, String> keys, String value) {
    int equals = value.indexOf('=');
    if (equals < 1 || equals == value.length() - 1) {
      throw new IllegalArgumentException("--key needs a key and an organisation: KEY=ORG");
    }
    Map<String, String> more = new HashMap<>(keys);
    more.put(value.substring(0, equals), value.substring(equals + 1));
    return more;
  }

  private static double number(String name, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is '" + value + "'; it must be a number", e);
    }
  }

  private static long whole(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + value + "'; it must be a whole number", e);
    }
  }

  private static Duration time(String name, String value) {
    try {
      return Duration.parse("PT" + value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " is '" + value + "'; it must be a time such as 0.5s, 20s, 5m or 2h", e);
    }
  }
}
