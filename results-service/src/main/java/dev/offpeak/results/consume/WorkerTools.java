package dev.offpeak.results.consume;

import dev.offpeak.results.failpoint.Failpoint;
import dev.offpeak.results.job.JobCleaner;
import dev.offpeak.results.job.JobPublisher;
import dev.offpeak.results.job.PatientFetcher;
import dev.offpeak.results.metric.ResultsMeters;
import dev.offpeak.results.publish.CommittedProgress;
import dev.offpeak.results.publish.Publications;
import dev.offpeak.results.wait.Retries;
import dev.offpeak.runtime.failpoint.Halt;
import dev.offpeak.runtime.time.Sleeper;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of all partitions work with.
 *
 * @param producers a new transactional producer for that partition of llm.completions
 * @param slots how many jobs may have their results on disk at the same time
 * @param cleaner deletes files that are not needed any more; null leaves them to their provider
 * @param onFailure told when a worker can't go on
 */
public record WorkerTools(
    IntFunction<Producer<byte[], byte[]>> producers,
    CommittedProgress committed,
    PatientFetcher fetcher,
    JobPublisher publisher,
    Publications publications,
    Semaphore slots,
    @Nullable JobCleaner cleaner,
    Retries retries,
    ResultsMeters meters,
    Halt<Failpoint> halt,
    Clock clock,
    Sleeper sleeper,
    Consumer<Throwable> onFailure) {}
