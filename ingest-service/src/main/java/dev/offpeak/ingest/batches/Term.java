package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.files.ExpiredFiles;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchError;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which this replica drives the batches. It alone writes them, each step in a
 * transaction, so that a successor goes on behind the last step that was committed.
 */
final class Term implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Term.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);
  private static final long USUAL_LIFE = Duration.ofDays(30).toSeconds();

  /**
   * What it works with.
   *
   * @param producer of transactions, initialised; closed at the end of the term
   * @param tails makes readers of committed records
   * @param ends says how far partitions reach, with what is not committed yet
   * @param requests name of llm.requests
   */
  record Tools(
      ObjectStore objects,
      FileStore files,
      ExpiredFiles expired,
      ObjectIds ids,
      Producer<byte[], byte[]> producer,
      Supplier<TopicTail> tails,
      OutcomeTail.Ends ends,
      OutcomeTopics outcomes,
      String requests,
      int lineLimit,
      Clock clock) {}

  private final Tools tools;
  private final OutcomeTail tail;
  private final Map<String, GatewayObject> written = new HashMap<>();
  private final Map<String, BatchFeed> feeds = new HashMap<>();
  private final Map<String, Instant> counted = new HashMap<>();

  /** Begins; all that a predecessor has committed is known when this returns. */
  Term(Tools tools) throws InterruptedException {
    this.tools = tools;
    tools.objects().catchUp();
    Map<String, GatewayBatch> open = new HashMap<>();
    for (GatewayObject each : tools.objects().openBatches()) {
      GatewayBatch batch = (GatewayBatch) each.getObject();
      if (batch.getStatus() != GatewayBatchStatus.VALIDATING) {
        open.put(each.getId(), batch);
      }
    }
    this.tail = new OutcomeTail(tools.tails().get(), tools.outcomes(), tools.ends(), open);
  }

  /** One look at what has come, and one step of each batch. */
  void turn() throws InterruptedException {
    tail.read(POLL);
    tools.expired().sweep(tools.clock().instant());
    List<GatewayObject> open = tools.objects().openBatches();
    for (GatewayObject known : open) {
      GatewayObject object = written.getOrDefault(known.getId(), known);
      try {
        step(object, (GatewayBatch) object.getObject());
      } catch (IOException e) {
        LOGGER
            .atWarn()
            .setCause(e)
            .addKeyValue("batch", object.getId())
            .log("a batch could not be gone on with; tried again");
        forgetFeed(object.getId());
      }
    }
    forgetOver(open);
  }

  /** What the view does not know to be open any more needs no younger word of ours. */
  private void forgetOver(List<GatewayObject> open) {
    Set<String> known = open.stream().map(GatewayObject::getId).collect(Collectors.toSet());
    written.values().removeIf(each -> isOver(each) && !known.contains(each.getId()));
  }

  private static boolean isOver(GatewayObject object) {
    return object.getObject() instanceof GatewayBatch batch && Batches.isOver(batch);
  }

  private void step(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    switch (batch.getStatus()) {
      case VALIDATING -> validate(object, batch);
      case IN_PROGRESS -> goOn(object, batch);
      case FINALIZING -> finish(object, batch);
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> {
        // Over; the view has not read it yet.
      }
    }
  }

  private void validate(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    Instant now = tools.clock().instant();
    if (cancelling(object)) {
      commit(object, builder(batch).setStatus(GatewayBatchStatus.CANCELLED).setEndedAt(now));
      return;
    }
    Optional<GatewayFile> file = input(object, batch);
    InputCheck.Found found;
    if (file.isEmpty()) {
      found = new InputCheck.Found(0, null, List.of(gone(batch)));
    } else {
      try (InputStream in = tools.files().open(file.get().getStored())) {
        found = InputCheck.of(in, batch.getEndpoint(), headers(object, batch), tools.lineLimit());
      }
    }
    if (!found.errors().isEmpty()) {
      commit(
          object,
          builder(batch)
              .setStatus(GatewayBatchStatus.FAILED)
              .setErrors(found.errors())
              .setEndedAt(now));
      return;
    }
    commit(
        object,
        builder(batch)
            .setStatus(GatewayBatchStatus.IN_PROGRESS)
            .setLines(found.lines())
            .setModel(found.model())
            .setOutcomesFrom(tail.ends())
            .setInProgressAt(now));
    var _ = tail.follow(object.getId());
  }

  private static GatewayBatchError gone(GatewayBatch batch) {
    return GatewayBatchError.newBuilder()
        .setCode("invalid_input_file")
        .setMessage("The input file " + batch.getInputFileId() + " is not there any more.")
        .setParam("input_file_id")
        .build();
  }

  private void goOn(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    boolean cancelling = cancelling(object);
    if (batch.getFed() < batch.getLines() && !cancelling) {
      feed(object, batch);
      return;
    }
    OutcomeCount count = tail.follow(object.getId());
    Instant now = tools.clock().instant();
    if (count.done() >= batch.getFed()) {
      forgetFeed(object.getId());
      commit(
          object,
          count.into(builder(batch)).setStatus(GatewayBatchStatus.FINALIZING).setFinalizingAt(now));
    } else if (count.isNewsFor(batch)
        && !counted.getOrDefault(object.getId(), Instant.MIN).plus(BETWEEN_COUNTS).isAfter(now)) {
      counted.put(object.getId(), now);
      commit(object, count.into(builder(batch)));
    }
  }

  private void feed(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    BatchFeed feed = feeds.get(object.getId());
    if (feed == null) {
      feed = openFeed(object, batch);
      feeds.put(object.getId(), feed);
    }
    GatewayObject[] after = new GatewayObject[1];
    feed.chunk(
        tools.producer(),
        fed -> {
          after[0] = with(object, builder(batch).setFed(fed));
          return tools.objects().record(after[0]);
        });
    if (after[0] == null) {
      throw new IOException("the input file has fewer lines than when it was checked");
    }
    written.put(object.getId(), after[0]);
    if (feed.isOver()) {
      forgetFeed(object.getId());
    }
  }

  private BatchFeed openFeed(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    GatewayFile file =
        input(object, batch).orElseThrow(() -> new IOException("the input file is gone"));
    return new BatchFeed(
        object.getId(),
        tools.requests(),
        headers(object, batch),
        tools.files().open(file.getStored()),
        tools.lineLimit(),
        batch.getFed());
  }

  private void finish(GatewayObject object, GatewayBatch batch)
      throws IOException, InterruptedException {
    Instant now = tools.clock().instant();
    boolean whole = batch.getFed() == batch.getLines();
    boolean cancelled = cancelling(object);
    try (OutputFiles files = new OutputFiles(object.getId(), tools.files())) {
      try (TopicTail outcomes = tools.tails().get()) {
        files.readOutcomes(outcomes, tools.outcomes(), tools.ends(), batch.getOutcomesFrom());
      }
      if (!whole) {
        passRest(object, batch, files);
      }
      GatewayObject output = file(object, batch, "output", files.output());
      GatewayObject errors = file(object, batch, "error", files.errors());
      GatewayBatch.Builder over =
          builder(batch)
              .setStatus(cancelled ? GatewayBatchStatus.CANCELLED : GatewayBatchStatus.COMPLETED)
              .setFailed(batch.getFailed() + batch.getLines() - batch.getFed())
              .setOutputFileId(output == null ? null : output.getId())
              .setErrorFileId(errors == null ? null : errors.getId())
              .setEndedAt(now);
      commit(object, over, output, errors);
    }
    tail.leave(object.getId());
    counted.remove(object.getId());
  }

  private void passRest(GatewayObject object, GatewayBatch batch, OutputFiles files)
      throws IOException, InterruptedException {
    try (BatchFeed rest = openFeed(object, batch)) {
      int number = rest.fed();
      for (Line line = rest.pass(); line != null; line = rest.pass()) {
        files.neverSent(number, line);
        number = rest.fed();
      }
    }
  }

  private @Nullable GatewayObject file(
      GatewayObject object,
      GatewayBatch batch,
      String what,
      FileStore.@Nullable Finished finished) {
    if (finished == null) {
      return null;
    }
    Instant now = tools.clock().instant();
    long life = Objects.requireNonNullElse(batch.getOutputExpiresAfter(), USUAL_LIFE);
    return GatewayObject.newBuilder()
        .setTenant(object.getTenant())
        .setId(tools.ids().next("file-"))
        .setCreatedAt(now)
        .setObject(
            GatewayFile.newBuilder()
                .setFilename(object.getId() + "_" + what + ".jsonl")
                .setPurpose("batch_output")
                .setBytes(finished.bytes())
                .setSha256(finished.sha256())
                .setExpiresAt(now.plusSeconds(life))
                .setStored(finished.stored())
                .build())
        .build();
  }

  private Optional<GatewayFile> input(GatewayObject object, GatewayBatch batch)
      throws InterruptedException {
    return tools
        .objects()
        .find(new ObjectKey(object.getTenant(), batch.getInputFileId()))
        .map(GatewayObject::getObject)
        .filter(GatewayFile.class::isInstance)
        .map(GatewayFile.class::cast);
  }

  private boolean cancelling(GatewayObject object) {
    return tools
        .objects()
        .known(new ObjectKey(object.getTenant(), object.getId() + Batches.CANCEL))
        .isPresent();
  }

  /** Equal custom ids in two batches are two requests: the batch is what tells them apart. */
  private static Headers headers(GatewayObject object, GatewayBatch batch) {
    RecordHeaders headers = new RecordHeaders();
    batch.getHeaders().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    headers.remove(OffpeakHeaders.REPLAY_ID);
    headers.add(OffpeakHeaders.REPLAY_ID, object.getId().getBytes(UTF_8));
    if (batch.getDeadline() != null) {
      headers.remove(OffpeakHeaders.DEADLINE);
      headers.add(OffpeakHeaders.DEADLINE, batch.getDeadline().toString().getBytes(UTF_8));
    }
    return headers;
  }

  private static GatewayBatch.Builder builder(GatewayBatch batch) {
    return GatewayBatch.newBuilder(batch);
  }

  private static GatewayObject with(GatewayObject object, GatewayBatch.Builder batch) {
    return GatewayObject.newBuilder(object).setObject(batch.build()).build();
  }

  private void commit(
      GatewayObject object, GatewayBatch.Builder batch, @Nullable GatewayObject... besides) {
    GatewayObject after = with(object, batch);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (GatewayObject each : besides) {
      if (each != null) {
        records.add(tools.objects().record(each));
      }
    }
    records.add(tools.objects().record(after));
    tools.producer().beginTransaction();
    records.forEach(
        record -> {
          var _ = tools.producer().send(record);
        });
    tools.producer().commitTransaction();
    written.put(object.getId(), after);
  }

  private void forgetFeed(String batch) {
    BatchFeed feed = feeds.remove(batch);
    if (feed != null) {
      try {
        feed.close();
      } catch (IOException e) {
        LOGGER.atDebug().setCause(e).log("a file that was read was not closed well");
      }
    }
  }

  @Override
  public void close() {
    List.copyOf(feeds.keySet()).forEach(this::forgetFeed);
    tail.close();
    tools.producer().close();
  }
}
