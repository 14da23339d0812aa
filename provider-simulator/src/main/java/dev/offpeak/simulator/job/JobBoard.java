package dev.offpeak.simulator.job;

import dev.offpeak.simulator.fault.JobScript;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All jobs of a provider, in memory and on disk; the only place where a job changes.
 *
 * @param <O> what a caller asks for, in the provider's words
 */
public final class JobBoard<O> {
  private final JsonFolder<Job<O>> folder;
  private final SimClock clock;
  private final Map<String, Job<O>> jobs = new ConcurrentHashMap<>();
  private final AtomicLong ordinals = new AtomicLong();
  private final List<Consumer<Job<O>>> endListeners = new CopyOnWriteArrayList<>();

  /** Opens the board of jobs with that kind of order below a folder. */
  public static <O> JobBoard<O> open(Path folder, Class<O> order, SimClock clock)
      throws IOException {
    return new JobBoard<>(JsonFolder.of(folder.resolve("batches"), Job.class, order), clock);
  }

  /** Opens the board in a folder; the clock starts no earlier than what it finds. */
  private JobBoard(JsonFolder<Job<O>> folder, SimClock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    for (Job<O> job : folder.loadAll()) {
      jobs.put(job.id(), job);
      job.times().since().values().forEach(clock::notBefore);
      ordinals.accumulateAndGet(job.ordinal() + 1, Math::max);
    }
  }

  /**
   * Makes a job that has to end within its window.
   *
   * @param contents what is known of its input
   */
  public Job<O> create(
      String id,
      String owner,
      O order,
      JobScript script,
      JobContents contents,
      long windowSeconds) {
    long now = clock.millis();
    Job<O> job =
        new Job<>(
            id,
            owner,
            ordinals.getAndIncrement(),
            order,
            script,
            now + script.windowMs(windowSeconds * 1000L),
            JobTimes.created(now),
            contents,
            List.of(),
            Progress.NONE,
            null,
            false);
    save(job);
    jobs.put(id, job);
    return job;
  }

  /** A job that is known to be there. */
  public Job<O> get(String id) {
    Job<O> job = jobs.get(id);
    if (job == null) {
      throw new IllegalArgumentException("There is no job " + id);
    }
    return job;
  }

  /** The job of that id, when the owner has it and can see it yet. */
  public Optional<Job<O>> find(String owner, String id) {
    return Optional.ofNullable(jobs.get(id)).filter(job -> visible(job, owner));
  }

  /** All jobs that the owner can see, newest first. */
  public List<Job<O>> list(String owner) {
    return jobs.values().stream()
        .filter(job -> visible(job, owner))
        .sorted(Comparator.comparingLong((Job<O> job) -> job.ordinal()).reversed())
        .toList();
  }

  private boolean visible(Job<O> job, String owner) {
    Long hidden = job.script().hiddenMs();
    return job.owner().equals(owner)
        && !job.deleted()
        && (hidden == null || clock.millis() >= job.createdAt() + hidden);
  }

  /** Jobs that still have to change by themselves, oldest first. */
  public List<Job<O>> unsettled() {
    return jobs.values().stream()
        .filter(job -> !job.settled())
        .sorted(Comparator.comparingLong(Job::ordinal))
        .toList();
  }

  /** Jobs of an owner that have not ended, deleted ones included, in no order. */
  public Stream<Job<O>> unfinished(String owner) {
    return jobs.values().stream()
        .filter(job -> !job.state().terminal() && job.owner().equals(owner));
  }

  /** Has the listener called when a job has entered its last state. It must return at once. */
  public void onEnd(Consumer<Job<O>> listener) {
    endListeners.add(listener);
  }

  /** Changes a job; changes to the same one happen one after the other. */
  public Job<O> update(String id, UnaryOperator<Job<O>> change) {
    return jobs.compute(
        id,
        (same, job) -> {
          if (job == null) {
            throw new IllegalArgumentException("There is no job " + id);
          }
          Job<O> changed = change.apply(job);
          if (!changed.equals(job)) {
            save(changed);
          }
          if (changed.state().terminal() && !job.state().terminal()) {
            endListeners.forEach(listener -> listener.accept(changed));
          }
          return changed;
        });
  }

  private void save(Job<O> job) {
    try {
      folder.save(job.id(), job);
    } catch (IOException e) {
      throw new UncheckedIOException("Job " + job.id() + " cannot be saved", e);
    }
  }
}
