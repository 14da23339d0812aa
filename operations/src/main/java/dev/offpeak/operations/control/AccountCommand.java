package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.InstallationAccounts;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offpeak pause | resume}: whether the submitter submits to an account. */
@Command(mixinStandardHelpOptions = true)
public final class AccountCommand implements Callable<Integer> {

  private final ControlAction action;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Mixin private final CheckedCommand checked = new CheckedCommand();

  @Option(names = "--account", required = true, paramLabel = "NAME", description = "The account.")
  private String account = "";

  /** Pauses or resumes. */
  public AccountCommand(ControlAction action, CommandEnvironment surroundings) {
    this.action = action;
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    return checked.write(
        cluster,
        ControlRecord.newBuilder().setAction(action).setAccount(account),
        this::check,
        Objects.requireNonNull(spec, "set by picocli").commandLine());
  }

  private void check(Cluster open, SkippedRecords leftOut, ControlRecord.Builder meant)
      throws InterruptedException {
    InstallationAccounts accounts = new InstallationAccounts(open, leftOut);
    accounts.require(account);
    if (meant.getAction() == ControlAction.RESUME) {
      accounts.requireHeld(account, Clock.systemUTC().instant());
    }
  }
}
