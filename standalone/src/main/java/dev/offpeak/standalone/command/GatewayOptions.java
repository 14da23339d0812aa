package dev.offpeak.standalone.command;

import dev.offpeak.operations.cluster.RunningInstallation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say whether a run is a process of its own, or that of an installation's gateway. */
final class GatewayOptions {

  /** Whose providers are asked, and by which rules, is for the gateway's installation to say. */
  private static final List<String> OF_AN_OWN_RUN =
      List.of("--provider", "--base-url", "--models", "--simulator", "--deadline-policy");

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The gateway of an installation that is at work, such as http://127.0.0.1:8080: it"
              + " executes the requests, with its own providers. Its key, where it asks for one, is"
              + " OFFPEAK_API_KEY in the environment. Default: that of the 'offpeak up' at work in"
              + " the same state folder, unless an option says who else executes them.")
  private @Nullable URI to;

  @Option(
      names = "--alone",
      description = "Be a process of its own although an 'offpeak up' is at work here.")
  private boolean alone;

  /**
   * Looks at what was given.
   *
   * @throws ParameterException when it contradicts itself
   */
  void check() {
    if (to == null) {
      return;
    }
    String scheme = String.valueOf(to.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || to.getHost() == null) {
      throw usage("--to is '" + to + "'; it must be the address of a gateway: http://HOST:PORT");
    }
    String other = alone ? "--alone" : ofAnOwnRun();
    if (other != null) {
      throw usage("--to and " + other + " exclude each other: the gateway has its own providers");
    }
  }

  /**
   * The gateway that executes the requests, looked for where none is given; says which it is.
   *
   * @param home the state folder
   * @param own where this run keeps its state when it is a process of its own: when it has begun as
   *     one it goes on as one
   * @return null when the run is a process of its own
   */
  @Nullable URI find(Path home, Path own) {
    if (to != null || alone || ofAnOwnRun() != null || Files.exists(own)) {
      return to;
    }
    List<URI> here = RunningInstallation.gateways(home);
    if (here.size() != 1) {
      return null;
    }
    line()
        .getErr()
        .println(
            "offpeak: 'offpeak up' is at work here: its gateway "
                + here.getFirst()
                + " executes the requests (--alone: a process of its own)");
    return here.getFirst();
  }

  private @Nullable String ofAnOwnRun() {
    CommandLine.ParseResult given = line().getParseResult();
    return OF_AN_OWN_RUN.stream().filter(given::hasMatchedOption).findFirst().orElse(null);
  }

  private ParameterException usage(String problem) {
    return new ParameterException(line(), problem);
  }

  private CommandLine line() {
    return Objects.requireNonNull(command, "set by picocli").commandLine();
  }
}
