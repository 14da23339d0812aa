package dev.offpeak.operations.inventory;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The sealed batches of an installation, and whether they have ended. */
public final class InstallationBatches {

  /** Names for a suggestion; nobody reads more. */
  private static final int KEPT = 10_000;

  private final Cluster cluster;
  private final TopicReader reader;
  private final SkippedRecords leftOut;

  /** Whose batches. */
  public record Of(String id, String lane, String account) {}

  /** Batches of that installation. */
  public InstallationBatches(Cluster cluster, SkippedRecords leftOut) {
    this.cluster = cluster;
    this.reader = new TopicReader(cluster);
    this.leftOut = leftOut;
  }

  /**
   * Makes sure that there is a batch which has not ended.
   *
   * @param what is asked for, such as {@code batch 'b'}
   * @param meant those that are meant
   * @param named their name in the command, or null
   * @param nameOf the same part of a batch, for suggestions
   * @throws NothingFound when there is none
   */
  public void require(
      String what, Predicate<Of> meant, @Nullable String named, Function<Of, String> nameOf)
      throws InterruptedException {
    Map<String, String> states = new TreeMap<>();
    Set<String> others = new TreeSet<>();
    readBatches(of -> note(of, "sealed", meant, nameOf, states, others));
    readJobs((of, state) -> note(of, state, meant, nameOf, states, others));
    if (states.values().stream().anyMatch(state -> !state.startsWith("ended"))) {
      return;
    }
    if (!states.isEmpty()) {
      throw new NothingFound(
          what
              + (named == null ? " has" : " has only")
              + " batches that have ended ("
              + states.values().stream().distinct().collect(Collectors.joining(", "))
              + "); there is nothing to cancel");
    }
    throw new NothingFound(
        named == null
            ? "there is no batch that has not ended; there is nothing to cancel"
            : "there is no " + what + ". " + NearestNames.to(named, others));
  }

  private static void note(
      Of of,
      String state,
      Predicate<Of> meant,
      Function<Of, String> nameOf,
      Map<String, String> states,
      Set<String> others) {
    if (meant.test(of)) {
      states.put(of.id(), state);
    } else if (others.size() < KEPT) {
      others.add(nameOf.apply(of));
    }
  }

  @FunctionalInterface
  private interface JobVisitor {
    void visit(Of of, String state);
  }

  private void readJobs(JobVisitor visitor) throws InterruptedException {
    Deserializer<JobRecord> jobs = cluster.serdes().deserializer(JobRecord.class);
    String topic = cluster.topics().jobs().name();
    reader.read(
        reader.slice(topic, null, null),
        leftOut.sparing(
            record -> {
              JobRecord job = jobs.deserialize(topic, record.value());
              visitor.visit(
                  new Of(job.getBatchId(), job.getLane(), job.getAccount()),
                  state(job.getState(), job.getEnded()));
            }));
  }

  private static String state(JobStateName state, @Nullable EndedAs ended) {
    return state == JobStateName.ENDED
        ? "ended" + (ended == null ? "" : " as " + ended.name().toLowerCase(Locale.ROOT))
        : state.name().toLowerCase(Locale.ROOT);
  }

  private void readBatches(Consumer<Of> visitor) throws InterruptedException {
    Deserializer<SealedBatch> batches = cluster.serdes().deserializer(SealedBatch.class);
    String topic = cluster.topics().batches().name();
    reader.read(
        reader.slice(topic, null, null),
        leftOut.sparing(
            record -> {
              SealedBatch batch = batches.deserialize(topic, record.value());
              visitor.accept(new Of(batch.getBatchId(), batch.getLane(), batch.getAccount()));
            }));
  }
}
