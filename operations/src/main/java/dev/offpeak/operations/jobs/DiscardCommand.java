package dev.offpeak.operations.jobs;

import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.schemas.avro.ControlAction;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offpeak jobs discard}: the provider has no job of a quarantined batch. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description =
        "Say that the provider has no job of a quarantined batch; it is submitted again."
            + " If that is wrong, the batch is paid twice.")
final class DiscardCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Parameters(paramLabel = "BATCH", description = "Id of the batch.")
  private String batchId = "";

  /** A command that is started there. */
  DiscardCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    DoubtfulBatch.settle(
        cluster,
        Objects.requireNonNull(spec, "set by picocli"),
        ControlAction.DISCARD,
        batchId,
        null);
    return 0;
  }
}
