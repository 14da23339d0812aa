package dev.offpeak.operations.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Records of one lane as the batcher writes them; tests change what they are about. */
public final class SampleRecords {

  public static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  public static final String MODEL = "gpt-4o-mini";
  public static final String ENDPOINT = "/v1/chat/completions";
  public static final String LANE = "openai|main|" + ENDPOINT + "|" + MODEL;
  public static final String SCOPE = "openai|main|" + MODEL;

  private SampleRecords() {}

  /** A request in llm.lanes. */
  public static AdmittedRequest.Builder admitted(String customId) {
    return AdmittedRequest.newBuilder()
        .setCustomId(customId)
        .setTenant("acme")
        .setAttempt(1)
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint(ENDPOINT)
        .setModel(MODEL)
        .setAdmittedAt(NOW)
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setEstimatedTokens(1)
        .setBodyHash(0)
        .setCompactLength(2)
        .setBodyStart(0)
        .setBodyLength(2)
        .setOriginal(ByteBuffer.wrap("{}".getBytes(UTF_8)));
  }

  /** A batch of these positions. */
  public static SealedBatch sealed(String batchId, long... positions) {
    return SealedBatch.newBuilder()
        .setBatchId(batchId)
        .setScope(SCOPE)
        .setLane(LANE)
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint(ENDPOINT)
        .setModel(MODEL)
        .setLanePartition(0)
        .setPositions(ByteBuffer.wrap(Manifest.of(0, positions).encode()))
        .setRequests(positions.length)
        .setBytes(1)
        .setEstimatedTokens(1)
        .setReason(SealedBecause.LINGER)
        .setOpenedAt(NOW)
        .setSealedAt(NOW)
        .build();
  }
}
