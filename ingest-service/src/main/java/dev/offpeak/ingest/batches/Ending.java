package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.GatewayBatchStatus;

/** Why a batch ends before each of its lines has an outcome. */
enum Ending {
  /** Somebody has cancelled it. */
  CANCELLED("batch_cancelled", "the batch was cancelled before.", GatewayBatchStatus.CANCELLED),

  /** Its window is over. */
  EXPIRED("batch_expired", "the batch expired before.", GatewayBatchStatus.EXPIRED);

  private final String code;
  private final String words;
  private final GatewayBatchStatus status;

  Ending(String code, String words, GatewayBatchStatus status) {
    this.code = code;
    this.words = words;
    this.status = status;
  }

  /** Of the lines that were not executed. */
  String code() {
    return code;
  }

  /** How a sentence ends that says why. */
  String words() {
    return words;
  }

  /** Of the batch in the end. */
  GatewayBatchStatus status() {
    return status;
  }
}
