package dev.offpeak.results.completions;

import dev.offpeak.results.completions.job.JobCleaner;
import dev.offpeak.results.completions.job.JobPublisher;
import dev.offpeak.results.completions.job.RetryingFetcher;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.publish.Publications;
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
public record CompletionDependencies(
    RetryingFetcher fetcher,
    JobPublisher publisher,
    Publications publications,
    Semaphore slots,
    @Nullable JobCleaner cleaner,
    ResultsMeters meters,
    Clock clock,
    Consumer<Throwable> onFailure) {}
