package dev.offpeak.standalone;

import dev.offpeak.runtime.config.load.ConfigProblems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What the command line says when a command breaks off: a sentence, and the rest in the log. */
final class FailureReport implements IExecutionExceptionHandler {

  private static final Logger LOGGER = LoggerFactory.getLogger(FailureReport.class);
  private static final int COULD_NOT_RUN = 3;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof ConfigProblems) {
      command.getErr().println("offpeak: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    LOGGER.atError().setCause(e).log("command failed");
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    command
        .getErr()
        .println("offpeak: " + cause.getMessage() + " (" + cause.getClass().getName() + ")");
    return COULD_NOT_RUN;
  }
}
