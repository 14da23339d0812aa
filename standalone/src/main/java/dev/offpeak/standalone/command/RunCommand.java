package dev.offpeak.standalone.command;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.text.Visible;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.config.load.ConfigProblems;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.standalone.remote.RemoteRun;
import dev.offpeak.standalone.report.Events;
import dev.offpeak.standalone.report.TerminalWidth;
import dev.offpeak.standalone.run.Asking;
import dev.offpeak.standalone.run.Deadlines;
import dev.offpeak.standalone.run.Ended;
import dev.offpeak.standalone.run.Run;
import dev.offpeak.standalone.run.RunConsole;
import dev.offpeak.standalone.run.RunLimits;
import dev.offpeak.standalone.run.RunOptions;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.standalone.state.PrivateFolder;
import dev.offpeak.standalone.state.RunKey;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offpeak run}: files in, files out, one process. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Send the requests of batch-file lines through batch jobs and collect the answers.",
    footer = {
      "",
      "Run the same command again to go on with a run that was stopped or killed; nothing is"
          + " submitted twice.",
      "Exit codes: 0 all succeeded, 1 some failed, 2 wrong usage or no request lines, 3 could not"
          + " run, 4 waited in vain (--wait), 130 stopped."
    })
public final class RunCommand implements Callable<Integer> {

  private static final String STANDARD = "-";

  /** How long a run waits when nobody sits before it. */
  private static final String UNATTENDED = "5m";

  private final IntConsumer exit;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "JSONL of batch-file lines, plain or gzip; - reads standard input.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where outcomes are written, one line each; - is standard output.")
  private Path output = Path.of(STANDARD);

  @Option(
      names = "--failures",
      paramLabel = "FILE",
      description = "Where failures are written; without it they stand in the output.")
  private @Nullable Path failures;

  @Mixin private final GatewayOptions gateways = new GatewayOptions();

  @Mixin private final DestinationOptions whither = new DestinationOptions();

  @Option(
      names = "--gemini-model",
      paramLabel = "NAME",
      description = "The model of Gemini lines that name none themselves.")
  private @Nullable String geminiModel;

  @Option(
      names = "--anthropic-version",
      paramLabel = "DATE",
      description =
          "The anthropic-version that Anthropic lines are sent with; default: 2023-06-01.")
  private String anthropicVersion = "";

  @Option(
      names = "--anthropic-beta",
      split = ",",
      paramLabel = "NAME",
      description = "A feature to ask Anthropic for with anthropic-beta; may be repeated.")
  private List<String> anthropicBetas = List.of();

  @Option(
      names = "--label",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "What the requests are counted under, such as team=support,feature=tagging; may be"
              + " repeated.")
  private Map<String, String> labels = new TreeMap<>();

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "When answers are needed, from now, such as 2h; default: whenever they come.")
  private @Nullable String deadline;

  @Option(
      names = "--deadline-policy",
      paramLabel = "fail|sync",
      description =
          "What becomes of requests whose deadline no batch can keep: they fail (default), or are"
              + " called synchronously, at full price.")
  private String deadlinePolicy = "fail";

  @Option(
      names = "--line-limit",
      paramLabel = "SIZE",
      description = "Longest request line, such as 16MiB; default: 8MiB, at most 24MiB.")
  private @Nullable String lineLimit;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description =
          "How long to look on while nothing moves and whoever could move it says why not, such as"
              + " a key that is refused; then the run ends with code 4 and can be gone on with."
              + " Default: forever on a terminal, 5m elsewhere.")
  private @Nullable String patience;

  @Option(
      names = "--keep-provider-files",
      description =
          "Leave the files (at Anthropic: the batches) that this run has made at the provider;"
              + " otherwise they are deleted when all outcomes are written.")
  private boolean keepFiles;

  @Option(
      names = "--json",
      description =
          "Say all on standard output as events, one JSON object a line (on standard error when"
              + " the outcomes go to standard output).")
  private boolean json;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Where runs keep their state; default: OFFPEAK_HOME, or .offpeak here.")
  private @Nullable Path state;

  @Option(names = "--again", description = "Forget an earlier run of this input, and pay again.")
  private boolean again;

  @Option(
      names = "--cancel",
      description = "Cancel what an earlier run has left undone, then collect what there is.")
  private boolean cancel;

  /**
   * The command.
   *
   * @param exit ends the process with that code, where a run is all that it is for
   */
  public RunCommand(IntConsumer exit) {
    this.exit = exit;
  }

  @Override
  public Integer call() throws Exception {
    Path home = StateFolder.of(state);
    gateways.check();
    Destination destination = whither.destination(System.getenv());
    Asking asking = asking();
    Deadlines deadlines = deadlines();
    boolean terminal = Terminal.isThere();
    RunLimits limits = limits(terminal);
    Outputs outputs = new Outputs(output, failures);
    String clash = outputs.problem(files, home);
    if (clash != null) {
      throw usage(clash);
    }
    InputFiles inputs = InputFiles.of(files, home);
    if (!inputs.problems().isEmpty()) {
      inputs.problems().forEach(each -> err().println("offpeak: " + each));
      return ExitCode.USAGE;
    }
    for (Path made : outputs.makeFolders()) {
      err().println("offpeak: made the folder " + made);
    }
    Path runs = home.resolve("runs");
    Path own = runs.resolve(RunKey.of(inputs.paths(), destination.identity() + asking.identity()));
    URI gateway = gateways.find(home, own);
    Path folder =
        gateway == null
            ? own
            : runs.resolve(RunKey.of(inputs.paths(), "to " + gateway + asking.identity()));
    Path log = Path.of(folder + ".log");
    PrivateFolder.make(home);
    PrivateFolder.make(folder);
    RunLog.into(PrivateFolder.makeFile(log));
    RunOptions options =
        new RunOptions(
            inputs.paths(),
            output,
            failures,
            destination,
            asking,
            deadlines,
            folder,
            again,
            cancel,
            inputs.names(),
            limits,
            keepFiles);
    if (gateway != null) {
      return remotely(options, gateway, terminal, log);
    }
    Run run = new Run(options, console(terminal), Clock.systemUTC());
    return saying(
        log,
        () -> {
          try (ShutdownHook hook = ShutdownHook.install(run::stop)) {
            run.tellingEnd(
                ended -> {
                  hook.finished();
                  exit.accept(code(ended));
                });
            Ended ended = run.execute();
            hook.finished();
            return code(ended);
          }
        });
  }

  private int remotely(RunOptions options, URI gateway, boolean terminal, Path log)
      throws Exception {
    String key = System.getenv().getOrDefault("OFFPEAK_API_KEY", "none");
    RemoteRun run = new RemoteRun(options, gateway, key, console(terminal), Clock.systemUTC());
    return saying(
        log,
        () -> {
          try (ShutdownHook hook = ShutdownHook.install(run::stop)) {
            Ended ended = run.execute();
            hook.finished();
            return code(ended);
          }
        });
  }

  /** Runs, and says why when it can't be run. */
  private int saying(Path log, Callable<Integer> running) throws Exception {
    try {
      return running.call();
    } catch (CannotRun e) {
      String problem = Visible.of(e.getMessage() + " (log: " + log + ")");
      if (json) {
        new Events(Outputs.isStandard(output) ? System.err : System.out).say("error", problem);
      }
      err().println("offpeak: " + problem);
      return ExitCode.COULD_NOT_RUN;
    }
  }

  private static int code(Ended ended) {
    return switch (ended) {
      case ALL_SUCCEEDED -> 0;
      case SOME_FAILED -> ExitCode.SOME_FAILED;
      case WAITED_IN_VAIN -> ExitCode.WAITED_IN_VAIN;
      case STOPPED -> ExitCode.STOPPED;
    };
  }

  private Asking asking() {
    try {
      return new Asking(
          geminiModel, Edition.of(anthropicVersion, anthropicBetas), new TreeMap<>(labels));
    } catch (IllegalArgumentException e) {
      throw usage("--anthropic-version or --anthropic-beta: " + e.getMessage());
    }
  }

  private Deadlines deadlines() {
    Map<String, String> given = new HashMap<>(Map.of("policy", deadlinePolicy));
    if (deadline != null) {
      given.put("within", deadline);
    }
    try {
      return ConfigLoader.with(Deadlines.class, given);
    } catch (ConfigProblems e) {
      throw usage("--deadline (within) or --deadline-policy: " + e.getMessage());
    }
  }

  private RunLimits limits(boolean terminal) {
    boolean forEver = patience == null ? terminal : patience.equals("forever");
    Map<String, String> given = new HashMap<>();
    if (lineLimit != null) {
      given.put("line", lineLimit);
    }
    if (!forEver) {
      given.put("patience", patience == null ? UNATTENDED : patience);
    }
    try {
      return ConfigLoader.with(RunLimits.class, given);
    } catch (ConfigProblems e) {
      throw usage("--line-limit (line) or --wait (patience): " + e.getMessage());
    }
  }

  private RunConsole console(boolean terminal) {
    boolean outputIsStandard = Outputs.isStandard(output);
    return new RunConsole(
        System.err,
        terminal ? TerminalWidth.watch() : null,
        outputIsStandard ? System.err : System.out,
        json);
  }

  private PrintWriter err() {
    return required().commandLine().getErr();
  }

  private CommandSpec required() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this before the call");
    }
    return spec;
  }

  private ParameterException usage(String problem) {
    return new ParameterException(required().commandLine(), problem);
  }
}
