package dev.offpeak.standalone;

import dev.offpeak.core.text.Visible;
import dev.offpeak.runtime.config.load.ConfigProblems;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * What the command line says when a command breaks off: a sentence. The rest is in the log; when it
 * is only that something is away, of level debug.
 */
final class FailureReport implements IExecutionExceptionHandler {

  private static final Logger LOGGER = LoggerFactory.getLogger(FailureReport.class);
  private static final int COULD_NOT_RUN = 3;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof ConfigProblems) {
      command.getErr().println("offpeak: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (e instanceof KafkaException) {
      LOGGER.atDebug().setCause(e).log("command failed");
      command.getErr().println("offpeak: " + Visible.of(e.getMessage() + because(e)));
      return COULD_NOT_RUN;
    }
    LOGGER.atError().setCause(e).log("command failed");
    Throwable cause = root(e);
    command
        .getErr()
        .println(
            "offpeak: " + Visible.of(cause.getMessage() + " (" + cause.getClass().getName() + ")"));
    return COULD_NOT_RUN;
  }

  private static String because(Exception e) {
    String reason = root(e).getMessage();
    return reason == null || reason.equals(e.getMessage()) ? "" : " (" + reason + ")";
  }

  private static Throwable root(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
