package dev.offpeak.batcher.stage;

import dev.offpeak.batcher.wire.LaneFormat;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.request.RequestDecoder.AvroRequestReader;
import java.util.function.Function;

/**
 * How the records of the batcher's topics are written and read. One set for each stream task.
 *
 * @param request reads llm.requests when they are Avro
 * @param admitted reads llm.lanes and llm.retries whole, for what is rare
 * @param readmitted writes such a request again
 * @param lane writes and reads llm.lanes without building records
 * @param failure writes llm.failures
 * @param duplicate writes llm.duplicates
 * @param batch writes llm.batches
 * @param urgent writes llm.urgent
 * @param control reads llm.control
 */
public record StageFormats(
    AvroRequestReader request,
    Function<byte[], AdmittedRequest> admitted,
    Function<AdmittedRequest, byte[]> readmitted,
    LaneFormat lane,
    Function<LlmFailure, byte[]> failure,
    Function<DroppedDuplicate, byte[]> duplicate,
    Function<SealedBatch, byte[]> batch,
    Function<SealedBatch, byte[]> urgent,
    Function<byte[], ControlRecord> control) {}
