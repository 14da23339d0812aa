package dev.offpeak.results.urgent;

import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.publish.UsageWriter;
import dev.offpeak.schemas.avro.SealedBatch;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the workers of all partitions of llm.urgent work with.
 *
 * @param concurrent calls at the same time, of one partition
 * @param retries how they wait between two tries of a request
 * @param onFailure told when a worker can't go on
 */
public record UrgentDependencies(
    Deserializer<SealedBatch> batches,
    UrgentCaller caller,
    UsageWriter usageWriter,
    int concurrent,
    Retries retries,
    ResultsMeters meters,
    Clock clock,
    Sleeper sleeper,
    Consumer<Throwable> onFailure) {}
