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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offpeak jobs adopt}: a quarantined batch is that job of the provider. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = "Say which of the provider's jobs a quarantined batch is; it is watched on.")
final class AdoptCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Parameters(paramLabel = "BATCH", description = "Id of the batch.")
  private String batchId = "";

  @Option(
      names = "--job",
      required = true,
      paramLabel = "ID",
      description = "The provider's id of the job, as its console shows it.")
  private String providerJobId = "";

  /** A command that is started there. */
  AdoptCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    DoubtfulBatch.settle(
        cluster,
        Objects.requireNonNull(spec, "set by picocli"),
        ControlAction.ADOPT,
        batchId,
        providerJobId);
    return 0;
  }
}
