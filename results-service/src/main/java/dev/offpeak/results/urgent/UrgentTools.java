package dev.offpeak.results.urgent;

import dev.offpeak.results.failpoint.Failpoint;
import dev.offpeak.results.metric.ResultsMeters;
import dev.offpeak.results.publish.CommittedProgress;
import dev.offpeak.results.publish.UsageWriter;
import dev.offpeak.results.wait.Retries;
import dev.offpeak.runtime.failpoint.Halt;
import dev.offpeak.runtime.time.Sleeper;
import dev.offpeak.schemas.avro.SealedBatch;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the workers of all partitions of llm.urgent work with.
 *
 * @param producers a new transactional producer for that partition
 * @param concurrent calls at the same time, of one partition
 * @param retries how they wait: for Kafka, and between two tries of a request
 * @param onFailure told when a worker can't go on
 */
public record UrgentTools(
    IntFunction<Producer<byte[], byte[]>> producers,
    CommittedProgress committed,
    Deserializer<SealedBatch> batches,
    Caller caller,
    UsageWriter usageWriter,
    int concurrent,
    Retries retries,
    ResultsMeters meters,
    Halt<Failpoint> halt,
    Clock clock,
    Sleeper sleeper,
    Consumer<Throwable> onFailure) {}
