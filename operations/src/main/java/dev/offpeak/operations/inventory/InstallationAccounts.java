package dev.offpeak.operations.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.control.ControlCommands;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Deserializer;

/** The accounts of an installation: those of its settings, and those that have had jobs. */
public final class InstallationAccounts {

  private final Cluster cluster;
  private final TopicReader reader;
  private final SkippedRecords leftOut;

  /** Accounts of that installation. */
  public InstallationAccounts(Cluster cluster, SkippedRecords leftOut) {
    this.cluster = cluster;
    this.reader = new TopicReader(cluster);
    this.leftOut = leftOut;
  }

  /**
   * Makes sure that there is an account of that name.
   *
   * @throws NothingFound when there is none
   */
  public void require(String name) throws InterruptedException {
    if (cluster.accounts().containsKey(name)) {
      return;
    }
    Set<String> known = known();
    if (!known.contains(name)) {
      throw new NothingFound(
          "there is no account '"
              + name
              + "'. "
              + NearestNames.to(name, known)
              + (cluster.accounts().isEmpty()
                  ? " One that has had no job yet is known by a service's own file (--config)."
                  : ""));
    }
  }

  /** All that are known. */
  private Set<String> known() throws InterruptedException {
    Set<String> known = new TreeSet<>(cluster.accounts().keySet());
    Deserializer<JobRecord> jobs = cluster.serdes().deserializer(JobRecord.class);
    String topic = cluster.topics().jobs().name();
    reader.read(
        reader.slice(topic, null, null),
        leftOut.sparing(record -> known.add(jobs.deserialize(topic, record.value()).getAccount())));
    String quotas = cluster.topics().quotas().name();
    reader.read(
        reader.slice(quotas, null, null),
        leftOut.sparing(
            record -> known.add(QuotaScope.parse(new String(record.key(), UTF_8)).account())));
    return known;
  }

  /**
   * Makes sure that an account is held by something that a resume ends: an operator's pause, or its
   * provider's refusal.
   *
   * @throws NothingFound when llm.control tells of neither
   */
  public void requireHeld(String name, Instant now) throws InterruptedException {
    Deserializer<ControlRecord> records = cluster.serdes().deserializer(ControlRecord.class);
    String topic = cluster.topics().control().name();
    ControlState control = new ControlState();
    reader.read(
        reader.slice(topic, null, null),
        leftOut.sparing(
            record ->
                ControlCommands.apply(control, records.deserialize(topic, record.value()), now)));
    Instant until = control.avoidedUntil(name);
    if (until == null || !until.isAfter(now)) {
      throw new NothingFound(
          "account '"
              + name
              + "' is not paused, as far as llm.control goes back, and its provider does not refuse"
              + " it; there is nothing to resume");
    }
  }
}
