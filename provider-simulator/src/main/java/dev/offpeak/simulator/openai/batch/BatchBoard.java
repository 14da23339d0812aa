package dev.offpeak.simulator.openai.batch;

import dev.offpeak.simulator.store.JsonFolder;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** All batches, in memory and on disk; the only place where a batch changes. */
public final class BatchBoard {
  private final JsonFolder<BatchJob> folder;
  private final SimClock clock;
  private final Map<String, BatchJob> jobs = new ConcurrentHashMap<>();
  private final AtomicLong ordinals = new AtomicLong();

  /** Opens the board below a folder; the clock starts no earlier than what it finds. */
  public BatchBoard(Path folder, SimClock clock) throws IOException {
    this.folder = new JsonFolder<>(folder, BatchJob.class);
    this.clock = clock;
    for (BatchJob job : this.folder.loadAll()) {
      jobs.put(job.id(), job);
      job.since().values().forEach(clock::notBefore);
      ordinals.accumulateAndGet(job.ordinal() + 1, Math::max);
    }
  }

  BatchJob create(String id, String owner, BatchOrder order, long windowSeconds) {
    long now = clock.millis();
    BatchJob job =
        BatchJob.created(
            id, owner, ordinals.getAndIncrement(), order, now, now + windowSeconds * 1000L);
    save(job);
    jobs.put(id, job);
    return job;
  }

  /** A batch that is known to be there. */
  public BatchJob get(String id) {
    BatchJob job = jobs.get(id);
    if (job == null) {
      throw new IllegalArgumentException("There is no batch " + id);
    }
    return job;
  }

  /** The batch of that id, when the owner has it and can see it yet. */
  Optional<BatchJob> find(String owner, String id) {
    return Optional.ofNullable(jobs.get(id)).filter(job -> visible(job, owner));
  }

  /** All batches that the owner can see, newest first. */
  List<BatchJob> list(String owner) {
    return jobs.values().stream()
        .filter(job -> visible(job, owner))
        .sorted(Comparator.comparingLong(BatchJob::ordinal).reversed())
        .toList();
  }

  private boolean visible(BatchJob job, String owner) {
    Long hidden = job.order().script().hiddenMs();
    return job.owner().equals(owner)
        && (hidden == null || clock.millis() >= job.createdAt() + hidden);
  }

  /** Batches that still have to change by themselves, oldest first. */
  public List<BatchJob> unsettled() {
    return jobs.values().stream()
        .filter(job -> !job.settled())
        .sorted(Comparator.comparingLong(BatchJob::ordinal))
        .toList();
  }

  /** Input tokens that an owner's unfinished batches take of a model's queue. */
  public long enqueuedTokens(String owner, String model) {
    return jobs.values().stream()
        .filter(job -> !job.status().terminal() && job.owner().equals(owner))
        .filter(job -> model.equals(job.model()))
        .mapToLong(BatchJob::enqueuedTokens)
        .sum();
  }

  /** Changes a batch; changes to the same one happen one after the other. */
  public BatchJob update(String id, UnaryOperator<BatchJob> change) {
    return jobs.compute(
        id,
        (same, job) -> {
          if (job == null) {
            throw new IllegalArgumentException("There is no batch " + id);
          }
          BatchJob changed = change.apply(job);
          if (!changed.equals(job)) {
            save(changed);
          }
          return changed;
        });
  }

  private void save(BatchJob job) {
    try {
      folder.save(job.id(), job);
    } catch (IOException e) {
      throw new UncheckedIOException("Batch " + job.id() + " cannot be saved", e);
    }
  }
}
