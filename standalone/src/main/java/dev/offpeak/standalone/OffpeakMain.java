package dev.offpeak.standalone;

import dev.offpeak.batcher.BatcherMain;
import dev.offpeak.ingest.IngestMain;
import dev.offpeak.results.ResultsMain;
import dev.offpeak.simulator.SimulatorMain;
import dev.offpeak.standalone.command.RequestsCommand;
import dev.offpeak.standalone.command.RunCommand;
import dev.offpeak.standalone.command.ServiceCommand;
import dev.offpeak.submitter.SubmitterMain;
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

  private OffpeakMain() {}

  /** Runs a subcommand and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new OffpeakMain());
    commandLine.addSubcommand("run", new RunCommand());
    commandLine.addSubcommand("requests", new RequestsCommand());
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
    return commandLine
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport());
  }

  private static void service(
      CommandLine commandLine, String name, ServiceCommand.Main main, String description) {
    CommandLine service = new CommandLine(new ServiceCommand(main));
    service.getCommandSpec().usageMessage().description(description);
    commandLine.addSubcommand(name, service);
  }
}
