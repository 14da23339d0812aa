package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.InstallationAccounts;
import dev.offpeak.operations.inventory.InstallationRequests;
import dev.offpeak.operations.inventory.NearestNames;
import dev.offpeak.operations.inventory.NothingFound;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offpeak flush}: the batcher seals open batches without waiting for more. */
@Command(
    name = "flush",
    mixinStandardHelpOptions = true,
    description = "Seal open batches now; without an option, all of them.")
public final class FlushCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Mixin private final CheckedCommand checked = new CheckedCommand();

  @ArgGroup private Of of = new Of();

  private static final class Of {
    @Option(
        names = "--lane",
        paramLabel = "ID",
        description = "Of one lane: provider|account|endpoint|model.")
    private @Nullable String lane;

    @Option(names = "--account", paramLabel = "NAME", description = "Of one account.")
    private @Nullable String account;
  }

  /** A command that is started there. */
  public FlushCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    return checked.write(
        cluster,
        ControlRecord.newBuilder()
            .setAction(ControlAction.FLUSH)
            .setLane(of.lane)
            .setAccount(of.account),
        this::check,
        Objects.requireNonNull(spec, "set by picocli").commandLine());
  }

  private void check(Cluster open, SkippedRecords leftOut, ControlRecord.Builder meant)
      throws InterruptedException {
    if (of.account != null) {
      new InstallationAccounts(open, leftOut).require(of.account);
    }
    if (of.lane != null) {
      Set<String> lanes = new InstallationRequests(open, leftOut).lanes();
      if (!lanes.contains(of.lane)) {
        throw new NothingFound(
            "there is no lane '" + of.lane + "'. " + NearestNames.to(of.lane, lanes));
      }
    }
  }
}
