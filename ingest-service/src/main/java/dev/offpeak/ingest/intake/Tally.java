package dev.offpeak.ingest.intake;

import dev.offpeak.ingest.line.UnfitBody;
import dev.offpeak.ingest.metrics.IngestMeters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of the lines of one body. The reading thread and the producer's own thread
 * both write to it.
 */
final class Tally {

  private final int mostRefusals;
  private final IngestMeters meters;
  private final List<LineRefusal> refusals = new ArrayList<>();
  private long pending;
  private long accepted;
  private long refused;
  private Stop.@Nullable KafkaFailed failure;

  /**
   * @param mostRefusals how many refusals are kept with their message; the others are only counted
   */
  Tally(int mostRefusals, IngestMeters meters) {
    this.mostRefusals = mostRefusals;
    this.meters = meters;
  }

  synchronized void refused(LineRefusal refusal) {
    refused++;
    meters.refused(refusal.code());
    if (refusals.size() < mostRefusals) {
      refusals.add(refusal);
    }
  }

  /** Ends a body that is hardly anything but lines to refuse. */
  synchronized void requireNotMoreThan(int badLines) throws UnfitBody {
    if (refused > badLines) {
      throw new UnfitBody(
          UnfitBody.Fault.TOO_MANY_BAD_LINES,
          "more than " + badLines + " of its lines were refused (limits.bad-lines)");
    }
  }

  /** A line is about to go to the producer, which will say what became of it. */
  synchronized void sent() {
    pending++;
  }

  synchronized void acknowledged() {
    accepted++;
    meters.accepted();
    settled();
  }

  /** The broker does not take this one line, whatever is tried. */
  synchronized void refusedByKafka(LineRefusal refusal) {
    refused(refusal);
    settled();
  }

  synchronized void failed(long line, String reason) {
    if (failure == null || line < failure.line()) {
      failure = new Stop.KafkaFailed(line, reason);
    }
    settled();
  }

  private void settled() {
    pending--;
    notifyAll();
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }

  /**
   * Waits until the producer has said of every line what became of it, which it does at the latest
   * after its delivery timeout.
   */
  synchronized void awaitSettled() throws InterruptedException {
    while (pending > 0) {
      wait();
    }
  }

  /** The counts as they stand; a failure of Kafka outranks any other reason to stop. */
  synchronized IntakeReport report(long lastLine, long bytes, @Nullable Stop stop) {
    refusals.sort(Comparator.comparingLong(LineRefusal::line));
    return new IntakeReport(
        accepted, refused, refusals, lastLine, bytes, failure == null ? stop : failure);
  }
}
