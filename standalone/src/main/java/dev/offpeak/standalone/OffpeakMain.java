package dev.offpeak.standalone;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.batcher.BatcherMain;
import dev.offpeak.ingest.IngestConfig;
import dev.offpeak.ingest.IngestMain;
import dev.offpeak.ledger.LedgerConfig;
import dev.offpeak.ledger.LedgerMain;
import dev.offpeak.ledger.command.ProofCommand;
import dev.offpeak.ledger.command.UsageCommand;
import dev.offpeak.ledger.command.VerifyCommand;
import dev.offpeak.operations.audit.AuditCommand;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.control.AccountCommand;
import dev.offpeak.operations.control.CancelCommand;
import dev.offpeak.operations.control.FlushCommand;
import dev.offpeak.operations.jobs.JobsCommand;
import dev.offpeak.operations.keys.KeysCommand;
import dev.offpeak.operations.replay.ReplayCommand;
import dev.offpeak.operations.replay.RetryFailuresCommand;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.ResultsMain;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.simulator.SimulatorMain;
import dev.offpeak.standalone.command.CompletionCommand;
import dev.offpeak.standalone.command.RequestsCommand;
import dev.offpeak.standalone.command.RunCommand;
import dev.offpeak.standalone.command.ServiceCommand;
import dev.offpeak.standalone.command.UpCommand;
import dev.offpeak.submitter.SubmitterConfig;
import dev.offpeak.submitter.SubmitterMain;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code offpeak <subcommand>}. */
@Command(
    name = "offpeak",
    mixinStandardHelpOptions = true,
    version = "Offpeak 0.1.0",
    description =
        "LLM batch APIs on Apache Kafka: half the price, nothing lost, nothing paid twice.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "offpeak doctor says what is missing on this machine."})
public final class OffpeakMain {

  /** Whose files and environments the commands may be given as well. */
  private static final List<Class<? extends Record>> SERVICES =
      List.of(
          BatcherConfig.class,
          SubmitterConfig.class,
          ResultsConfig.class,
          IngestConfig.class,
          LedgerConfig.class);

  private static final Set<String> OPERATIONS =
      Set.of(
          "audit",
          "jobs",
          "keys",
          "replay",
          "retry-failures",
          "flush",
          "cancel",
          "pause",
          "resume",
          "usage");

  private OffpeakMain() {}

  /** Runs a subcommand and exits with its code. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && (OPERATIONS.contains(arguments[0]) || isVerify(arguments))) {
      // What they print is their result; logback.xml takes this where the log should go.
      System.setProperty("OFFPEAK_LOG_TARGET", "System.err");
    }
    // The others are not made where only one is asked for: each is read by reflection.
    String asked = arguments.length > 0 ? arguments[0] : "";
    System.exit(commandLine(asked, System::exit).execute(arguments));
  }

  private static boolean isVerify(String[] arguments) {
    return arguments.length > 1 && arguments[0].equals("ledger") && arguments[1].equals("verify");
  }

  static CommandLine commandLine() {
    return commandLine("", _ -> {});
  }

  private static CommandLine commandLine(String asked, IntConsumer exit) {
    CommandLine commandLine = new CommandLine(new OffpeakMain());
    commandLine.addSubcommand("run", new RunCommand(exit));
    if (!asked.equals("run")) {
      addOthers(commandLine);
    }
    return commandLine
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport());
  }

  private static void addOthers(CommandLine commandLine) {
    commandLine.addSubcommand("up", new UpCommand());
    commandLine.addSubcommand("requests", new RequestsCommand());
    commandLine.addSubcommand("completion", new CompletionCommand());
    service(
        commandLine,
        "simulate",
        SimulatorMain::main,
        "Stand in for the providers: test a pipeline without paying.");
    service(commandLine, "batcher", BatcherMain::main, "Start batcher-streams (--config FILE).");
    service(
        commandLine,
        "submitter",
        SubmitterMain::main,
        "Start the submitter-service (--config FILE).");
    service(
        commandLine, "results", ResultsMain::main, "Start the results-service (--config FILE).");
    service(commandLine, "ingest", IngestMain::main, "Start the ingest-service (--config FILE).");
    addOperations(commandLine);
  }

  /** What is asked of a running installation, whichever cluster it is on. */
  private static void addOperations(CommandLine commandLine) {
    CommandEnvironment here = CommandEnvironment.ofProcess(SERVICES);
    commandLine.addSubcommand("usage", UsageCommand.commandLine(here));
    commandLine.addSubcommand("ledger", ledger(here));
    commandLine.addSubcommand("audit", new AuditCommand(here));
    commandLine.addSubcommand("jobs", JobsCommand.commandLine(here));
    commandLine.addSubcommand("keys", KeysCommand.commandLine(here));
    commandLine.addSubcommand("replay", new ReplayCommand(here));
    commandLine.addSubcommand("retry-failures", new RetryFailuresCommand(here));
    commandLine.addSubcommand("flush", new FlushCommand(here));
    commandLine.addSubcommand("cancel", new CancelCommand(here));
    account(
        commandLine,
        new AccountCommand(ControlAction.PAUSE, here),
        "pause",
        "Submit nothing to an account until it is resumed.");
    account(
        commandLine,
        new AccountCommand(ControlAction.RESUME, here),
        "resume",
        "Submit to a paused account again.");
  }

  private static CommandLine ledger(CommandEnvironment here) {
    CommandLine ledger = new CommandLine(new ServiceCommand(LedgerMain::main));
    ledger
        .getCommandSpec()
        .usageMessage()
        .description(
            "Start the ledger-service (--config FILE), or verify and prove what one has added up.");
    return ledger
        .addSubcommand("verify", new VerifyCommand(here))
        .addSubcommand("proof", new ProofCommand(here));
  }

  private static void account(
      CommandLine commandLine, AccountCommand command, String name, String description) {
    CommandLine account = new CommandLine(command);
    account.getCommandSpec().usageMessage().description(description);
    commandLine.addSubcommand(name, account);
  }

  private static void service(
      CommandLine commandLine, String name, ServiceCommand.Main main, String description) {
    CommandLine service = new CommandLine(new ServiceCommand(main));
    service.getCommandSpec().usageMessage().description(description);
    commandLine.addSubcommand(name, service);
  }
}
