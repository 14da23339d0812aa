package dev.offpeak.ingest.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.batches.Places;
import dev.offpeak.ingest.http.BatchOfLines;
import dev.offpeak.ingest.intake.IntakeReport;
import dev.offpeak.ingest.line.LineMarks;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the lines of each body of {@code POST /v1/requests} a batch. */
public final class LinesIn implements BatchOfLines.Begins {

  private static final Logger LOGGER = LoggerFactory.getLogger(LinesIn.class);

  /** Nothing of it expires by the clock; it is how long outcomes are waited for. */
  private static final Duration WINDOW = Duration.ofDays(7);

  private final ObjectStore objects;
  private final ObjectIds ids;
  private final Places places;
  private final Clock clock;

  public LinesIn(ObjectStore objects, ObjectIds ids, Places places, Clock clock) {
    this.objects = objects;
    this.ids = ids;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public BatchOfLines begin(Caller caller, Headers headers) {
    String id = ids.next("batch_");
    Map<String, Long> from = places.recent(clock.instant());
    LineMarks marks = LineMarks.of(id);
    return new BatchOfLines() {
      @Override
      public LineMarks marks() {
        return marks;
      }

      @Override
      public @Nullable String end(IntakeReport report) {
        return report.accepted() == 0
            ? null
            : put(object(id, caller, headers, from, marks.count(), report.accepted()));
      }
    };
  }

  /** The lines are in Kafka, and are executed whatever becomes of this. */
  private @Nullable String put(GatewayObject object) {
    try {
      objects.put(object);
      return object.getId();
    } catch (KafkaException e) {
      LOGGER.atWarn().setCause(e).log("lines that came in could not be made a batch");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private GatewayObject object(
      String id,
      Caller caller,
      Headers headers,
      Map<String, Long> from,
      long lines,
      long accepted) {
    Instant now = clock.instant();
    Map<String, String> copied = new HashMap<>();
    headers.forEach(header -> copied.put(header.key(), new String(header.value(), UTF_8)));
    return GatewayObject.newBuilder()
        .setTenant(caller.tenantOrDefault())
        .setId(id)
        .setCreatedAt(now)
        .setObject(
            GatewayBatch.newBuilder()
                .setStatus(GatewayBatchStatus.IN_PROGRESS)
                .setOrigin(GatewayOrigin.LINES)
                .setEndpoint("/v1/requests")
                .setInputFileId("")
                .setCompletionWindow("7d")
                .setExpiresAt(now.plus(WINDOW))
                .setHeaders(copied)
                .setInProgressAt(now)
                .setLines(lines)
                .setFed(lines)
                .setBad(lines - accepted)
                .setOutcomesFrom(from)
                .build())
        .build();
  }
}
