package dev.offpeak.ingest;

import dev.offpeak.ingest.http.BodyBounds;
import dev.offpeak.ingest.http.RequestsRoute;
import dev.offpeak.ingest.intake.Intake;
import dev.offpeak.ingest.kafka.RequestProducer;
import dev.offpeak.ingest.kafka.TopicProbe;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.topic.Topics;

/** Wires the ingest-service: the one place where its parts are put together. */
public final class IngestModule {

  private IngestModule() {}

  /** The service, not started. */
  public static IngestService create(IngestConfig config, ServiceContext context) {
    var topic = Topics.withPrefix(config.topics().prefix()).requests().name();
    var meters = new IngestMeters(context.meters());
    var producer =
        RequestProducer.connect(config.kafka(), config.producer(), config.limits().requestBytes());
    var intake = new Intake(producer, topic, config.limits().ofOneBody(), meters);
    var requests =
        new RequestsRoute(
            config.auth().apiKeys(),
            intake,
            config.limits().concurrentStreams(),
            config.limits().streamsPerKey(),
            new BodyBounds(
                config.api().readTimeout(),
                config.api().minimumRate().bytes(),
                config.limits().inflation()),
            meters);
    var probe = new TopicProbe(config.kafka(), topic, context.sleeper());
    context.health().addReadiness("kafka", probe);
    return new IngestService(config.api(), producer, intake, requests, probe, meters);
  }
}
