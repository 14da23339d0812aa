package dev.offpeak.simulator.run;

import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps jobs when they are due in simulated time. Jobs that are due at once take turns, so that a
 * large one does not hold up the small ones. Steps run on a few platform threads: they compute, and
 * would otherwise keep virtual threads that serve HTTP from running.
 */
public final class JobScheduler implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(JobScheduler.class);
  private static final long PAUSE_AFTER_ERROR_MILLIS = 1000;

  private final SimClock clock;
  private final Map<String, Entry> entries = new HashMap<>();
  private final PriorityQueue<Entry> due =
      new PriorityQueue<>(
          (a, b) ->
              a.dueAt != b.dueAt ? Long.compare(a.dueAt, b.dueAt) : Long.compare(a.turn, b.turn));
  private final Thread[] workers;
  private long turns;
  private boolean closed;

  private static final class Entry {
    final String jobId;
    final JobTask task;
    long dueAt;
    long turn;
    boolean running;
    boolean woken;

    Entry(String jobId, JobTask task) {
      this.jobId = jobId;
      this.task = task;
    }
  }

  /**
   * @param clock the time in which jobs are due
   * @param threads how many jobs may compute at once
   */
  public JobScheduler(SimClock clock, int threads) {
    this.clock = clock;
    this.workers = new Thread[threads];
    clock.onAdvance(this::recheck);
  }

  /** Starts the worker threads. */
  public synchronized void start() {
    for (int i = 0; i < workers.length; i++) {
      workers[i] = Thread.ofPlatform().name("simulator-job-" + i).daemon().start(this::work);
    }
  }

  /** Hands a job over; its first step is due at once. */
  public synchronized void add(String jobId, JobTask task) {
    Entry entry = new Entry(jobId, task);
    entries.put(jobId, entry);
    enqueue(entry, clock.millis());
  }

  /**
   * Makes a job's next step due at once, whatever it waits for; unknown and ended jobs are left.
   */
  public synchronized void wake(String jobId) {
    Entry entry = entries.get(jobId);
    if (entry == null) {
      return;
    }
    if (entry.running) {
      entry.woken = true;
    } else {
      due.remove(entry);
      enqueue(entry, clock.millis());
    }
  }

  private void enqueue(Entry entry, long at) {
    entry.dueAt = at;
    entry.turn = turns++;
    due.add(entry);
    notifyAll();
  }

  private synchronized void recheck() {
    notifyAll();
  }

  private void work() {
    for (Entry entry = next(); entry != null; entry = next()) {
      long at;
      try {
        at = entry.task.step(entry.jobId);
      } catch (IOException | RuntimeException e) {
        at = clock.millis() + PAUSE_AFTER_ERROR_MILLIS;
        LOGGER.atError().addKeyValue("jobId", entry.jobId).setCause(e).log("job step failed");
      }
      finish(entry, at);
    }
  }

  private synchronized void finish(Entry entry, long at) {
    entry.running = false;
    if (at == JobTask.ENDED) {
      entries.remove(entry.jobId);
    } else {
      enqueue(entry, entry.woken ? clock.millis() : Math.max(at, clock.millis()));
    }
    entry.woken = false;
  }

  private synchronized @Nullable Entry next() {
    try {
      while (!closed) {
        Entry first = due.peek();
        long wait = first == null ? Long.MAX_VALUE : clock.realMillisUntil(first.dueAt);
        if (first != null && wait == 0) {
          due.remove(first);
          first.running = true;
          return first;
        }
        wait(Math.min(wait, 60_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** Lets running steps end and starts no more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    for (Thread worker : workers) {
      try {
        if (worker != null) {
          worker.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
