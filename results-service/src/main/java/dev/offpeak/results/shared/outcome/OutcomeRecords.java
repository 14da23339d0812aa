package dev.offpeak.results.shared.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.outcome.Troubles;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.results.shared.lane.LaneRequest;
import dev.offpeak.results.shared.lane.LaneRequests;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.record.AvroUsage;
import dev.offpeak.schemas.record.FittingFailures;
import dev.offpeak.schemas.record.RecordSize;
import dev.offpeak.schemas.record.SendableRecord;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes the records of llm.results and llm.failures for the requests of one job. */
public final class OutcomeRecords {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Topics topics;
  private final OutcomeFormat format;
  private final FittingFailures failures;
  private final Pricing pricing;
  private final int maxAnswerBytes;
  private final Clock clock;

  /**
   * Records in that format.
   *
   * @param maxAnswerBytes the largest record that may be sent to llm.results
   * @param maxFailureBytes the same for llm.failures
   */
  public OutcomeRecords(
      Topics topics,
      OutcomeFormat format,
      Pricing pricing,
      int maxAnswerBytes,
      int maxFailureBytes,
      Clock clock) {
    this.topics = topics;
    this.format = format;
    this.failures = new FittingFailures(format.failure(), maxFailureBytes);
    this.pricing = pricing;
    this.maxAnswerBytes = maxAnswerBytes;
    this.clock = clock;
  }

  /** The answer to a request; a failure that says so when it does not fit into a record. */
  public Outcome answer(JobFacts job, LaneRequest request, SpooledLine line) {
    Billed billed = result(job, request, line);
    byte[] value = format.result().apply(billed.result());
    int size = RecordSize.of(request.key(), value, request.headers());
    if (size > maxAnswerBytes) {
      Trouble tooLarge = Troubles.ofTooLarge(size, maxAnswerBytes, where(job));
      return new Outcome(
          failure(job, request, tooLarge, null), OutcomeKind.failed(tooLarge.kind()), billed);
    }
    return new Outcome(
        new ProducerRecord<>(
            topics.results().name(), null, null, request.key(), value, request.headers()),
        OutcomeKind.ANSWERED,
        billed);
  }

  private static String where(JobFacts job) {
    return job.providerJobId() == null
        ? "nothing but the provider's own records"
        : "the results of " + job.provider().id() + "'s job " + job.providerJobId();
  }

  /** The answer in that line, or what was billed in its place. */
  public Billed result(JobFacts job, LaneRequest request, SpooledLine line) {
    ReportedUsage usage = line.usage();
    Optional<PriceRow> price =
        pricing.find(
            job.provider(),
            line.model(),
            request.model(),
            job.endedAt().atOffset(ZoneOffset.UTC).toLocalDate());
    Cost cost = Cost.of(price, usage, job.mode(), pricing.uplift(job.account()));
    boolean isCall = job.mode() != UsageMode.BATCH;
    return new Billed(
        record(job, request, line, cost),
        usage.tokens(),
        cost.bill(),
        cost.problem(),
        line.model(),
        job.submittedAt(),
        isCall ? null : job.endedAt(),
        isCall ? request.attempt() > 1 ? "retry_deadline" : "deadline" : null);
  }

  private static LlmResult record(JobFacts job, LaneRequest request, SpooledLine line, Cost cost) {
    return LlmResult.newBuilder()
        .setCustomId(request.customId())
        .setTenant(request.tenant())
        .setLabels(request.labels())
        .setProvider(job.provider().id())
        .setAccount(job.account())
        .setEndpoint(job.endpoint())
        .setModel(request.model())
        .setStatusCode(line.statusCode())
        .setProviderRequestId(line.requestId())
        .setBody(line.body())
        .setBatchId(job.batchId())
        .setProviderJobId(job.providerJobId() == null ? "" : job.providerJobId())
        .setAttempt(request.attempt())
        .setUsage(AvroUsage.tokens(line.usage().tokens()))
        .setUsageProblem(cost.usageProblem())
        .setCostPicoUsd(cost.billed())
        .setSyncCostPicoUsd(cost.synchronous())
        .setAdmittedAt(request.admittedAt())
        .setCompletedAt(job.endedAt())
        .setSourcePartition(request.sourcePartition())
        .setSourceOffset(request.sourceOffset())
        .setMode(job.mode())
        .build();
  }

  /** The failure of a request, with the provider's own words where there are some. */
  public ProducerRecord<byte[], byte[]> failure(
      JobFacts job, LaneRequest request, Trouble why, @Nullable SpooledLine line) {
    int attempts = reachedProvider(job, why) ? request.attempt() : request.attempt() - 1;
    LlmFailure.Builder failure =
        failure(job, why, line)
            .setCustomId(request.customId())
            .setTenant(request.tenant())
            .setLabels(request.labels())
            .setModel(request.model())
            .setAttempts(attempts)
            .setSourcePartition(request.sourcePartition())
            .setSourceOffset(request.sourceOffset())
            .setOriginal(request.original());
    return fitting(failure, request.key(), request.headers());
  }

  /** What was cancelled without a job was not tried; what errored without one may have been. */
  private static boolean reachedProvider(JobFacts job, Trouble why) {
    return switch (why.as()) {
      case REJECTED -> false;
      case CANCELED -> job.providerJobId() != null;
      case ERRORED, EXPIRED -> true;
    };
  }

  /** The failure of a request whose own record is gone; the provider's line is kept in it. */
  public ProducerRecord<byte[], byte[]> lost(
      JobFacts job, Trouble why, @Nullable SpooledLine line) {
    return fitting(unknown(failure(job, why, line)), null, List.of());
  }

  /**
   * The failure of a request that breaks the code which works on it, with what can be had without
   * reading it.
   *
   * @param record of llm.lanes
   */
  public ProducerRecord<byte[], byte[]> unprocessable(
      JobFacts job,
      @Nullable ConsumerRecord<byte[], byte[]> record,
      Trouble why,
      @Nullable SpooledLine line) {
    if (record == null) {
      return lost(job, why, line);
    }
    return fitting(
        unknown(failure(job, why, line)),
        LaneRequests.key(record.headers()),
        LaneRequests.usersOwn(record.headers()));
  }

  /** The one failure that stands for a record of llm.completions which can't be processed. */
  public ProducerRecord<byte[], byte[]> unprocessable(
      ConsumerRecord<byte[], byte[]> record, String problem) {
    Trouble why =
        Troubles.ofUnprocessable(
            "the record at partition "
                + record.partition()
                + ", offset "
                + record.offset()
                + " of "
                + record.topic()
                + " can't be processed: "
                + problem
                + "; its batch is "
                + (record.key() == null ? "unknown" : new String(record.key(), UTF_8))
                + ", whose requests get no outcome; what the provider has of it stays there");
    LlmFailure.Builder failure =
        unknown(
            LlmFailure.newBuilder()
                .setCode(why.code())
                .setMessage(why.message())
                .setKind(FailureKind.valueOf(why.kind().name()))
                .setOutcome(FailedAs.valueOf(why.as().name()))
                .setRetryable(why.worthSending())
                .setFailedAt(clock.instant()));
    byte[] value = record.value();
    return fitting(
        value == null ? failure : failure.setOriginal(ByteBuffer.wrap(value)),
        record.key(),
        List.of());
  }

  private static LlmFailure.Builder unknown(LlmFailure.Builder failure) {
    return failure
        .setCustomId(null)
        .setTenant(OffpeakHeaders.DEFAULT_TENANT)
        .setLabels(Map.of())
        .setModel(null)
        .setAttempts(0)
        .setSourcePartition(-1)
        .setSourceOffset(-1)
        .setOriginal(NOTHING);
  }

  private LlmFailure.Builder failure(JobFacts job, Trouble why, @Nullable SpooledLine line) {
    return LlmFailure.newBuilder()
        .setCode(why.code())
        .setMessage(why.message())
        .setKind(FailureKind.valueOf(why.kind().name()))
        .setOutcome(FailedAs.valueOf(why.as().name()))
        .setRetryable(why.worthSending())
        .setProvider(job.provider().id())
        .setAccount(job.account())
        .setEndpoint(job.endpoint())
        .setBatchId(job.batchId())
        .setProviderJobId(job.providerJobId())
        .setStatusCode(line == null || line.statusCode() == 0 ? null : line.statusCode())
        .setResponseBody(line == null || !line.body().hasRemaining() ? null : line.body())
        .setFailedAt(clock.instant())
        .setMode(job.mode());
  }

  private ProducerRecord<byte[], byte[]> fitting(
      LlmFailure.Builder failure, byte @Nullable [] key, List<Header> headers) {
    SendableRecord fitted = failures.fit(failure, key, headers);
    return new ProducerRecord<>(
        topics.failures().name(), null, null, fitted.key(), fitted.value(), fitted.headers());
  }

  /**
   * What becomes of an answer.
   *
   * @param record to be sent
   * @param kind answered, or failed because it is too large
   * @param billed the answer, paid for either way
   */
  public record Outcome(ProducerRecord<byte[], byte[]> record, OutcomeKind kind, Billed billed) {

    LlmResult result() {
      return billed.result();
    }
  }
}
