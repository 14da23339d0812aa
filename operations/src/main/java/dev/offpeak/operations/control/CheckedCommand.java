package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.NothingFound;
import dev.offpeak.schemas.avro.ControlRecord;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How each command asks for something: it looks first whether there is anything that is meant. */
final class CheckedCommand {

  @Option(
      names = "--force",
      description = "Ask for it also when nothing is known that could be meant.")
  private boolean force;

  /** Looks for what is meant. */
  @FunctionalInterface
  interface Check {

    /**
     * Makes sure that something is meant, and may say more precisely what.
     *
     * @throws NothingFound when there is nothing
     */
    void of(Cluster cluster, SkippedRecords leftOut, ControlRecord.Builder command)
        throws InterruptedException;
  }

  /**
   * Writes the command if it is about something.
   *
   * @throws ParameterException when it is not, naming what there is instead
   */
  int write(ClusterOptions options, ControlRecord.Builder command, Check check, CommandLine line)
      throws InterruptedException {
    try (Cluster open = options.open()) {
      if (!force) {
        SkippedRecords leftOut = new SkippedRecords();
        check.of(open, leftOut, command);
        leftOut.say(line.getErr());
      }
      ControlTopic.write(open, command, line.getOut());
      return 0;
    } catch (NothingFound e) {
      throw new ParameterException(
          line, e.getMessage() + " (nothing was asked for; --force asks all the same)", e);
    }
  }
}
