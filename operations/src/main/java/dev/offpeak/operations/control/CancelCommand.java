package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offpeak cancel}: batches that are sealed by now end as cancelled. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Cancel batches that are sealed by now, submitted or not.")
public final class CancelCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

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
  }

  @Override
  public Integer call() throws InterruptedException {
    ControlTopic.write(
        cluster,
        ControlRecord.newBuilder()
            .setAction(ControlAction.CANCEL)
            .setBatchId(what.batchId)
            .setLane(what.lane)
            .setAccount(what.account),
        Objects.requireNonNull(spec, "set by picocli").commandLine().getOut());
    return 0;
  }
}
