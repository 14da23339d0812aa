package dev.offpeak.operations.jobs;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.control.ControlTopic;
import dev.offpeak.operations.inventory.NearestNames;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A batch whose create was not answered, settled by hand. */
final class DoubtfulBatch {

  private DoubtfulBatch() {}

  /**
   * Asks the submitter to settle it.
   *
   * @param action ADOPT or DISCARD
   * @param providerJobId the job that is the batch's, or null when there is none
   * @throws ParameterException when the batch is in no doubt
   */
  static void settle(
      ClusterOptions cluster,
      CommandSpec command,
      ControlAction action,
      String batchId,
      @Nullable String providerJobId)
      throws InterruptedException {
    try (Cluster open = cluster.open()) {
      checkDoubt(open, command, batchId);
      ControlTopic.write(
          open,
          ControlRecord.newBuilder()
              .setAction(action)
              .setBatchId(batchId)
              .setProviderJobId(providerJobId),
          command.commandLine().getOut());
    }
  }

  /** A command about another batch would be passed over without a word. */
  private static void checkDoubt(Cluster open, CommandSpec command, String batchId)
      throws InterruptedException {
    SkippedRecords leftOut = new SkippedRecords();
    Map<String, JobRecord> jobs =
        JobTable.read(
            open,
            any -> any.getState() == JobStateName.QUARANTINED || any.getBatchId().equals(batchId),
            leftOut);
    leftOut.say(command.commandLine().getErr());
    JobRecord job = jobs.get(batchId);
    if (job == null) {
      throw new ParameterException(
          command.commandLine(),
          "BATCH is '"
              + batchId
              + "', of which there is no job. In doubt: "
              + NearestNames.to(batchId, jobs.keySet())
              + " 'offpeak jobs' lists all");
    }
    if (job.getState() != JobStateName.QUARANTINED) {
      throw new ParameterException(
          command.commandLine(),
          "batch "
              + batchId
              + " is "
              + job.getState().name().toLowerCase(Locale.ROOT)
              + "; only a quarantined one can be settled by hand");
    }
  }
}
