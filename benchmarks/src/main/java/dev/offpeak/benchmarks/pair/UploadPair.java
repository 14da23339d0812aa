package dev.offpeak.benchmarks.pair;

import dev.offpeak.benchmarks.installation.Installation;
import dev.offpeak.benchmarks.installation.PreparedJobs;
import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.TopicReader;
import dev.offpeak.benchmarks.measure.Aim;
import dev.offpeak.benchmarks.measure.Comparison;
import dev.offpeak.benchmarks.measure.Pair;
import dev.offpeak.benchmarks.measure.Stopwatch;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.submitter.payload.LanePayload;
import dev.offpeak.submitter.payload.LanePayloads;
import dev.offpeak.submitter.payload.LaneValues;
import dev.offpeak.submitter.payload.PayloadSettings;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * The input files of all batches are written, one after the other, to a sink that only counts;
 * against a consumer that reads the same partition of llm.lanes and looks at nothing.
 */
public final class UploadPair implements Pair {

  private final Broker broker;
  private final PreparedJobs jobs;

  /** A pair that works on the batches of those jobs. */
  public UploadPair(Broker broker, PreparedJobs jobs) {
    this.broker = broker;
    this.jobs = jobs;
  }

  @Override
  public Comparison comparison() {
    return new Comparison(
        "upload: input files out of llm.lanes",
        "consumer that reads the same partition",
        new Aim.SpeedAtLeast(0.7));
  }

  @Override
  public void prepare(int round) throws Exception {
    jobs.batches();
  }

  @Override
  public double raw() throws Exception {
    int partition = jobs.batches().getFirst().getLanePartition();
    var lane = new TopicPartition(lanes(), partition);
    Stopwatch watch = Stopwatch.started();
    try (TopicReader reader = new TopicReader(broker, List.of(lane))) {
      int[] read = {0};
      reader.read(_ -> read[0]++, () -> read[0] == jobs.requests());
      return watch.seconds();
    }
  }

  @Override
  public double ours() throws Exception {
    Installation installation = jobs.installation();
    List<SealedBatch> batches = jobs.batches();
    BatchFormat format = BatchFormats.OPENAI;
    var serdes = installation.serdes();
    var values =
        new LaneValues(
            lanes(),
            serdes.serializer(AdmittedRequest.class),
            serdes.deserializer(AdmittedRequest.class));
    Stopwatch watch = Stopwatch.started();
    try (var payloads =
        new LanePayloads(
            broker.config(),
            "upload",
            lanes(),
            values,
            PayloadSettings.defaults(),
            Clock.systemUTC())) {
      for (SealedBatch batch : batches) {
        upload(payloads, batch, format);
      }
      return watch.seconds();
    }
  }

  private static void upload(LanePayloads payloads, SealedBatch batch, BatchFormat format)
      throws Exception {
    var manifest = SealedManifest.of(batch);
    var sink = new CountingSink();
    try (LanePayload payload =
        payloads.of(Lane.parse(batch.getLane()), manifest, batch.getBytes(), format)) {
      payload.writeTo(sink);
    }
    if (sink.bytes != batch.getBytes()) {
      throw new IllegalStateException(
          "batch %s has %d bytes, and was sealed with %d"
              .formatted(batch.getBatchId(), sink.bytes, batch.getBytes()));
    }
  }

  private String lanes() {
    return jobs.installation().topics().lanes().name();
  }

  private static final class CountingSink extends OutputStream {

    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }
}
