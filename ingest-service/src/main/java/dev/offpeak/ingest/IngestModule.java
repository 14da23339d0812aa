package dev.offpeak.ingest;

import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.BodyBounds;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.RequestsRoute;
import dev.offpeak.ingest.intake.Intake;
import dev.offpeak.ingest.kafka.RequestProducer;
import dev.offpeak.ingest.kafka.TopicProbe;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.ingest.openapi.OpenApiRoute;
import dev.offpeak.ingest.proxy.ProxyRoutes;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.topic.Topics;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    var keys = config.auth().apiKeys();
    var entrance = new Entrance(keys);
    var bounds =
        new BodyBounds(
            config.api().readTimeout(),
            config.api().minimumRate().bytes(),
            config.limits().inflation());
    var registry = config.registry();
    GatewayModule gateway =
        registry == null
            ? null
            : GatewayModule.create(config, registry, context, entrance, bounds, intake::isStopping);
    var requests =
        new RequestsRoute(
            entrance,
            keys.size(),
            intake,
            config.limits().concurrentStreams(),
            config.limits().streamsPerKey(),
            bounds,
            gateway == null ? null : gateway.lines(),
            meters);
    var http = BatchProviders.newHttpClient();
    var proxy =
        ProxyRoutes.create(
            config.accounts(),
            config.proxy(),
            entrance,
            keys.size(),
            new Bodies(bounds, config.proxy().bodyBytes().bytes(), intake::isStopping),
            http,
            gateway == null ? null : gateway.deferred());
    var probe = new TopicProbe(config.kafka(), topic, context.sleeper());
    context.health().addReadiness("kafka", probe);
    List<Consumer<HttpRouting.Builder>> routes =
        new ArrayList<>(List.of(requests, proxy, new OpenApiRoute()));
    if (gateway != null) {
      routes.addAll(gateway.routes());
    }
    return new IngestService(config.api(), producer, intake, routes, probe, http, gateway, meters);
  }
}
