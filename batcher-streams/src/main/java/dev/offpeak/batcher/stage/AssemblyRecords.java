package dev.offpeak.batcher.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.core.seal.SealReason;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.record.SendableRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the records that assembly writes. Times are milliseconds since the epoch. */
public final class AssemblyRecords {

  private final StageFormats formats;
  private final FailureRecords failures;
  private final int maxRecordBytes;

  /**
   * Records in these formats.
   *
   * @param maxRecordBytes the largest record that a producer may send
   */
  public AssemblyRecords(StageFormats formats, FailureRecords failures, int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
    this.formats = formats;
    this.failures = failures;
  }

  /** A sealed batch, for llm.batches. */
  Record<byte[], byte[]> sealed(
      String batchId,
      Lane lane,
      int partition,
      byte[] positions,
      OpenBatch batch,
      SealReason reason,
      long now) {
    SealedBatch sealed = manifest(batchId, lane, partition, positions, batch, reason, now);
    return new Record<>(lane.scope().getBytes(UTF_8), formats.batch().apply(sealed), now);
  }

  /**
   * A request that is called synchronously, as a batch of one for llm.urgent.
   *
   * @param alone a batch that holds the request and nothing else
   */
  Record<byte[], byte[]> urgent(
      String batchId, Lane lane, int partition, long offset, OpenBatch alone, long now) {
    byte[] position = Manifest.of(partition, offset).encode();
    SealedBatch sealed =
        manifest(batchId, lane, partition, position, alone, SealReason.DEADLINE, now);
    return new Record<>(lane.scope().getBytes(UTF_8), formats.urgent().apply(sealed), now);
  }

  private static SealedBatch manifest(
      String batchId,
      Lane lane,
      int partition,
      byte[] positions,
      OpenBatch batch,
      SealReason reason,
      long now) {
    return SealedBatch.newBuilder()
        .setBatchId(batchId)
        .setScope(lane.scope())
        .setLane(lane.id())
        .setProvider(lane.provider().id())
        .setAccount(lane.account())
        .setEndpoint(lane.endpoint())
        .setModel(lane.model())
        .setLanePartition(partition)
        .setPositions(ByteBuffer.wrap(positions))
        .setRequests(batch.requests())
        .setBytes(batch.bytes())
        .setEstimatedTokens(batch.tokens())
        .setReason(SealedBecause.valueOf(reason.name()))
        .setOpenedAt(Instant.ofEpochMilli(batch.openedAt()))
        .setSealedAt(Instant.ofEpochMilli(now))
        .setDeadline(
            batch.deadline() == OpenBatch.NO_DEADLINE
                ? null
                : Instant.ofEpochMilli(batch.deadline()))
        .build();
  }

  /** The notice of a dropped request, for llm.duplicates. */
  Record<byte[], byte[]> duplicate(
      Record<byte[], byte[]> admitted, int partition, long offset, long firstOffset, long now) {
    AdmittedRequest request = formats.admitted().apply(admitted.value());
    DroppedDuplicate dropped =
        DroppedDuplicate.newBuilder()
            .setCustomId(request.getCustomId())
            .setTenant(request.getTenant())
            .setLane(new String(admitted.key(), UTF_8))
            .setLanePartition(partition)
            .setOffset(offset)
            .setFirstOffset(firstOffset)
            .setSourcePartition(request.getSourcePartition())
            .setSourceOffset(request.getSourceOffset())
            .setDroppedAt(Instant.ofEpochMilli(now))
            .build();
    Headers headers = admitted.headers();
    SendableRecord fitted =
        SendableRecord.of(
            LaneHeaders.key(headers),
            formats.duplicate().apply(dropped),
            LaneHeaders.headers(headers),
            maxRecordBytes);
    return new Record<>(fitted.key(), fitted.value(), now, fitted.headers());
  }

  /** The failure of an admitted request, for llm.failures. */
  Record<byte[], byte[]> failure(
      Record<byte[], byte[]> admitted, FailureCode code, String message, long now) {
    AdmittedRequest request = formats.admitted().apply(admitted.value());
    return failures.ofAdmitted(request, code, message, admitted.headers(), now);
  }
}
