package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.InstallationAccounts;
import dev.offpeak.operations.inventory.InstallationBatches;
import dev.offpeak.operations.inventory.InstallationRequests;
import dev.offpeak.operations.inventory.NearestNames;
import dev.offpeak.operations.inventory.NothingFound;
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

  @Mixin private final CheckedCommand checked = new CheckedCommand();

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
    private @Nullable Requested requests;
  }

  private static final class Requested {
    @Option(
        names = "--custom-id",
        paramLabel = "ID",
        description = "The requests of that id that are not sealed yet.")
    private @Nullable String customId;

    @Option(
        names = "--tenant",
        paramLabel = "NAME",
        description =
            "Alone: the tenant's that are not sealed yet. With an id: whose; else the one that has"
                + " it.")
    private @Nullable String tenant;

    private String text() {
      return customId == null
          ? "request of tenant '" + tenant + "'"
          : "request '" + customId + "'" + (tenant == null ? "" : " of tenant '" + tenant + "'");
    }
  }

  /** A command that is started there. */
  public CancelCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    Requested requests = what.requests == null ? new Requested() : what.requests;
    notEmpty("--batch", what.batchId, line);
    notEmpty("--lane", what.lane, line);
    notEmpty("--account", what.account, line);
    notEmpty("--custom-id", requests.customId, line);
    notEmpty("--tenant", requests.tenant, line);
    return checked.write(
        cluster,
        ControlRecord.newBuilder()
            .setAction(ControlAction.CANCEL)
            .setBatchId(what.batchId)
            .setLane(what.lane)
            .setAccount(what.account)
            .setTenant(requests.tenant)
            .setCustomId(requests.customId),
        this::check,
        line);
  }

  private void check(Cluster open, SkippedRecords leftOut, ControlRecord.Builder meant)
      throws InterruptedException {
    if (what.requests != null) {
      checkRequests(new InstallationRequests(open, leftOut), what.requests, meant);
      return;
    }
    InstallationBatches batches = new InstallationBatches(open, leftOut);
    if (what.batchId != null) {
      String id = what.batchId;
      batches.require(
          "batch '" + id + "'", of -> of.id().equals(id), id, InstallationBatches.Of::id);
    } else if (what.lane != null) {
      String lane = what.lane;
      batches.require(
          "batch of lane '" + lane + "'",
          of -> of.lane().equals(lane),
          lane,
          InstallationBatches.Of::lane);
    } else if (what.account != null) {
      String account = what.account;
      new InstallationAccounts(open, leftOut).require(account);
      batches.require(
          "batch of account '" + account + "'",
          of -> of.account().equals(account),
          account,
          InstallationBatches.Of::account);
    } else {
      batches.require("the installation", _ -> true, null, InstallationBatches.Of::id);
    }
  }

  /** Of an id without a tenant, the tenant is the one that has it. */
  private static void checkRequests(
      InstallationRequests inventory, Requested requested, ControlRecord.Builder meant)
      throws InterruptedException {
    InstallationRequests.Found found = inventory.find(requested.customId, requested.tenant);
    String tenant = requested.tenant;
    if (tenant == null && found.waiting().size() == 1) {
      tenant = found.waiting().keySet().iterator().next();
      meant.setTenant(tenant);
    }
    if (tenant != null && found.waiting().containsKey(tenant)) {
      return;
    }
    String what = requested.text();
    if (tenant == null && found.waiting().size() > 1) {
      throw new NothingFound(
          what + " is waiting for several tenants; name one with --tenant: " + found.waiting());
    }
    if (requested.customId != null && !found.waiting().isEmpty()) {
      throw new NothingFound(
          what + " is not waiting, but tenants have requests of that id: " + found.waiting());
    }
    if (found.sealed().isEmpty()) {
      String name = requested.customId == null ? String.valueOf(tenant) : requested.customId;
      throw new NothingFound("there is no " + what + ". " + NearestNames.to(name, found.others()));
    }
    throw new NothingFound(
        what
            + " is sealed already, by tenant "
            + found.sealed()
            + "; its batch can be cancelled whole (offpeak jobs, cancel --batch)");
  }

  /** An empty variable of a script must not cancel what was not meant. */
  private static void notEmpty(String option, @Nullable String value, CommandLine line) {
    if (value != null && value.isEmpty()) {
      throw new ParameterException(line, option + " is empty; name what is to be cancelled");
    }
  }
}
