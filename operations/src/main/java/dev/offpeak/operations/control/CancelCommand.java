package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.Surroundings;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code offpeak cancel}: batches that are sealed by now, or requests that are not sealed yet, end
 * as cancelled.
 */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description =
        "Cancel sealed batches, submitted or not, or requests that are not sealed, or called, yet.")
public final class CancelCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  private static final class What {
    @Option(names = "--batch", paramLabel = "ID", description = "That batch.")
    private @Nullable String batchId;

    @Option(
        names = "--lane",
        paramLabel = "ID",
        description = "Those of one lane: provider|account|endpoint|model.")
    private @Nullable String lane;

    @Option(names = "--account", paramLabel = "NAME", description = "Those of one account.")
    private @Nullable String account;

    /** Nothing named is everything; the group asks that it be said. */
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--all", description = "Every batch.")
    private boolean all;

    @ArgGroup(exclusive = false)
    private @Nullable Requests requests;
  }

  private static final class Requests {
    @Option(
        names = "--custom-id",
        paramLabel = "ID",
        description = "The requests of that id that are not sealed yet.")
    private @Nullable String customId;

    @Option(
        names = "--tenant",
        paramLabel = "NAME",
        description =
            "Alone: the tenant's that are not sealed yet. With an id: whose; else default.")
    private @Nullable String tenant;
  }

  /** A command that is started there. */
  public CancelCommand(Surroundings surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    Requests requests = what.requests == null ? new Requests() : what.requests;
    notEmpty("--custom-id", requests.customId, line);
    notEmpty("--tenant", requests.tenant, line);
    ControlTopic.write(
        cluster,
        ControlRecord.newBuilder()
            .setAction(ControlAction.CANCEL)
            .setBatchId(what.batchId)
            .setLane(what.lane)
            .setAccount(what.account)
            .setTenant(requests.tenant)
            .setCustomId(requests.customId),
        line.getOut());
    return 0;
  }

  /** An empty variable of a script must not cancel what was not meant. */
  private static void notEmpty(String option, @Nullable String value, CommandLine line) {
    if (value != null && value.isEmpty()) {
      throw new ParameterException(line, option + " is empty; name what is to be cancelled");
    }
  }
}
