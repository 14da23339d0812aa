package dev.offpeak.results.consume;

import dev.offpeak.results.job.JobCleaner;
import dev.offpeak.results.job.JobPublisher;
import dev.offpeak.results.job.RetryingFetcher;
import dev.offpeak.results.metric.ResultsMeters;
import dev.offpeak.results.publish.Publications;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of all partitions work with.
 *
 * @param slots how many jobs may have their results on disk at the same time
 * @param cleaner deletes files that are not needed any more; null leaves them to their provider
 * @param onFailure told when a worker can't go on
 */
public record WorkerTools(
    RetryingFetcher fetcher,
    JobPublisher publisher,
    Publications publications,
    Semaphore slots,
    @Nullable JobCleaner cleaner,
    ResultsMeters meters,
    Clock clock,
    Consumer<Throwable> onFailure) {}
