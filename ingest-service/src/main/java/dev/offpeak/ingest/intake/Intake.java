package dev.offpeak.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.ingest.line.BodyTooLarge;
import dev.offpeak.ingest.line.JsonLines;
import dev.offpeak.ingest.line.LimitedBody;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.line.LineMarks;
import dev.offpeak.ingest.line.LineReader;
import dev.offpeak.ingest.line.UnfitBody;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.schemas.request.RequestDecoding;
import java.io.IOException;
import java.io.InputStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of a body to llm.requests. Each good line becomes one record, byte for byte, as
 * soon as it is read; the producer's buffer is the only place where lines wait, and when it is full
 * the body is not read on. A bad line is refused and the next one goes on.
 */
public final class Intake {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final IntakeLimits limits;
  private final IngestMeters meters;
  private volatile boolean stopping;

  /**
   * @param topic name of llm.requests in this installation
   */
  public Intake(
      Producer<byte[], byte[]> producer, String topic, IntakeLimits limits, IngestMeters meters) {
    this.producer = producer;
    this.topic = topic;
    this.limits = limits;
    this.meters = meters;
  }

  /**
   * Reads a body to its end, or to where it can't go on, and returns when Kafka has answered for
   * every line of it.
   *
   * @param headers that each record gets
   * @param marks that each gets besides
   */
  public IntakeReport take(InputStream body, Headers headers, LineMarks marks)
      throws InterruptedException {
    var tally = new Tally(limits.listedRefusals(), meters);
    var limited = new LimitedBody(body, limits.bodyBytes());
    var lines = new LineReader(limited, limits.requestBytes(), limits.badLines());
    long last = 0;
    Stop stop = null;
    try {
      var line = lines.next();
      while (line != null && !tally.hasFailed() && !stopping) {
        last = line.number();
        take(line, headers, marks, tally);
        tally.requireNotMoreThan(limits.badLines());
        line = lines.next();
      }
      stop = line != null && stopping ? new Stop.ShuttingDown() : null;
    } catch (BodyTooLarge e) {
      stop = new Stop.BodyOverLimit(e.limit());
    } catch (UnfitBody e) {
      stop = new Stop.BodyUnfit(e.fault(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      stop =
          stopping ? new Stop.ShuttingDown() : new Stop.BodyBroken(String.valueOf(e.getMessage()));
    }
    tally.awaitSettled();
    return tally.report(last, limited.count(), stop);
  }

  /** Ends every intake under way after the line it is at. */
  public void stop() {
    stopping = true;
  }

  /** Whether {@link #stop()} was called. */
  public boolean isStopping() {
    return stopping;
  }

  private void take(Line line, Headers headers, LineMarks marks, Tally tally) {
    switch (line) {
      case Line.TooLong(long number, long length) ->
          tally.refused(
              new LineRefusal(
                  number,
                  FailureCode.REQUEST_TOO_LARGE.id(),
                  "the line has "
                      + length
                      + " bytes: at most "
                      + limits.requestBytes()
                      + " are taken (limits.request-bytes)"));
      case Line.Whole(long number, byte[] bytes) -> check(number, bytes, headers, marks, tally);
    }
  }

  private void check(long number, byte[] bytes, Headers headers, LineMarks marks, Tally tally) {
    switch (JsonLines.decode(bytes, headers)) {
      case RequestDecoding.Undecodable refused ->
          tally.refused(new LineRefusal(number, refused.code().id(), refused.message()));
      case RequestDecoding.Decoded request ->
          send(number, request.customId().getBytes(UTF_8), bytes, marks.mark(headers), tally);
    }
  }

  private void send(long number, byte[] key, byte[] value, Headers headers, Tally tally) {
    tally.sent();
    meters.sent(value.length);
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(topic, null, null, key, value, headers),
              (_, failure) -> settle(number, failure, tally));
    } catch (KafkaException | IllegalStateException e) {
      // Thrown when the producer is beyond repair or closed; the callback is not called then.
      tally.failed(number, String.valueOf(e.getMessage()));
    }
  }

  private static void settle(long number, @Nullable Exception failure, Tally tally) {
    switch (failure) {
      case null -> tally.acknowledged();
      case RecordTooLargeException e ->
          tally.refusedByKafka(
              new LineRefusal(
                  number,
                  FailureCode.REQUEST_TOO_LARGE.id(),
                  "Kafka does not take it: " + e.getMessage()));
      default -> tally.failed(number, String.valueOf(failure.getMessage()));
    }
  }
}
