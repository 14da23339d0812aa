package dev.offpeak.batcher.wire;

import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.schemas.avro.AdmittedRequest;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.util.Utf8;

/**
 * What assembly needs of a value of llm.lanes. One object is filled again for each record, and the
 * payload is not touched. Not thread-safe.
 */
public final class LaneView {

  private static final int SKIPPED_STRINGS = 4;

  private Utf8 customId = new Utf8();
  private Utf8 tenant = new Utf8();
  private Utf8 replayId = new Utf8();
  private int attempt;
  private long deadline;
  private long admittedAt;
  private long tokens;
  private int inputs;
  private long bodyHash;
  private int compactLength;

  LaneView() {}

  /** Fills from Avro's binary form, in the order of AdmittedRequest's schema. */
  void fill(BinaryDecoder in) throws IOException {
    customId = in.readString(customId);
    tenant = in.readString(tenant);
    replayId = in.readString(replayId);
    attempt = in.readInt();
    for (int i = 0; i < SKIPPED_STRINGS; i++) {
      in.skipString();
    }
    skipLabels(in);
    if (in.readIndex() == 0) {
      in.readNull();
      deadline = OpenBatch.NO_DEADLINE;
    } else {
      deadline = in.readLong();
    }
    admittedAt = in.readLong();
    in.readInt();
    in.readLong();
    tokens = in.readLong();
    inputs = in.readInt();
    bodyHash = in.readLong();
    compactLength = in.readInt();
    PlausibleRequest.body(in.readInt(), in.readInt(), compactLength, in.readLong());
    check();
  }

  /** Fills from a record, for one that was written with another version of the schema. */
  void fill(AdmittedRequest request) {
    customId = new Utf8(request.getCustomId());
    tenant = new Utf8(request.getTenant());
    replayId = new Utf8(request.getReplayId());
    attempt = request.getAttempt();
    deadline =
        request.getDeadline() == null
            ? OpenBatch.NO_DEADLINE
            : request.getDeadline().toEpochMilli();
    admittedAt = request.getAdmittedAt().toEpochMilli();
    tokens = request.getEstimatedTokens();
    inputs = request.getInputs();
    bodyHash = request.getBodyHash();
    compactLength = request.getCompactLength();
    PlausibleRequest.check(request);
    check();
  }

  private void check() {
    PlausibleRequest.texts(
        customId.getByteLength(), tenant.getByteLength(), replayId.getByteLength());
    PlausibleRequest.numbers(attempt, tokens, inputs);
    deadline = PlausibleRequest.deadline(deadline);
  }

  private static void skipLabels(BinaryDecoder in) throws IOException {
    for (long n = in.readMapStart(); n != 0; n = in.mapNext()) {
      for (long i = 0; i < n; i++) {
        in.skipString();
        in.skipString();
      }
    }
  }

  /** The caller's id; valid until the next record. */
  public Utf8 customId() {
    return customId;
  }

  /** Who pays; valid until the next record. */
  public Utf8 tenant() {
    return tenant;
  }

  /** Empty when there is none; valid until the next record. */
  public Utf8 replayId() {
    return replayId;
  }

  /** 1 for the first execution. */
  public int attempt() {
    return attempt;
  }

  /** Milliseconds since the epoch, or {@link OpenBatch#NO_DEADLINE}. */
  public long deadline() {
    return deadline;
  }

  /** When the first attempt was admitted, in milliseconds since the epoch. */
  public long admittedAt() {
    return admittedAt;
  }

  /** Estimated input tokens. */
  public long tokens() {
    return tokens;
  }

  /** Embedding inputs; 1 for anything else. */
  public int inputs() {
    return inputs;
  }

  /** Of the compacted body. */
  public long bodyHash() {
    return bodyHash;
  }

  /** Bytes of the compacted body. */
  public int compactLength() {
    return compactLength;
  }
}
