package dev.offpeak.ingest.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the measurements. */
public final class IngestMeters {

  private final MeterRegistry registry;
  private final Counter accepted;
  private final Counter sent;
  private final AtomicInteger streams = new AtomicInteger();

  public IngestMeters(MeterRegistry registry) {
    this.registry = registry;
    this.accepted = IngestMetric.LINES.counter(registry, "accepted");
    this.sent = IngestMetric.BYTES.counter(registry);
    var _ = IngestMetric.STREAMS.gauge(registry, streams::get);
  }

  /** A line goes to the producer. */
  public void sent(int bytes) {
    sent.increment(bytes);
  }

  /** Kafka has acknowledged a line. */
  public void accepted() {
    accepted.increment();
  }

  /**
   * A line was refused.
   *
   * @param code one of a fixed set
   */
  public void refused(String code) {
    IngestMetric.LINES.counter(registry, code).increment();
  }

  /** An HTTP request has come; to be handed to {@link #answered} with its answer. */
  public Timer.Sample asked() {
    return Timer.start(registry);
  }

  /** An HTTP request was answered. */
  public void answered(Timer.Sample asked, int status) {
    asked.stop(IngestMetric.ANSWERS.timer(registry, Integer.toString(status)));
  }

  /** The usage of a call is in llm.usage. */
  public void usageWritten() {
    IngestMetric.USAGE.counter(registry, "written").increment();
  }

  /** The usage of a call will not be in llm.usage. */
  public void usageLost() {
    IngestMetric.USAGE.counter(registry, "lost").increment();
  }

  /** The reading of a body begins. */
  public void streamOpened() {
    streams.incrementAndGet();
  }

  /** The reading of a body has ended. */
  public void streamClosed() {
    streams.decrementAndGet();
  }
}
