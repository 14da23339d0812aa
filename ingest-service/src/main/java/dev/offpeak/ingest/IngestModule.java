package dev.offpeak.ingest;

import dev.offpeak.core.price.PriceTable;
import dev.offpeak.ingest.auth.KeyBook;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.BodyBounds;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.RequestsRoute;
import dev.offpeak.ingest.intake.Intake;
import dev.offpeak.ingest.kafka.RequestProducer;
import dev.offpeak.ingest.kafka.TopicProbe;
import dev.offpeak.ingest.metering.Metering;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.ingest.openapi.OpenApiRoute;
import dev.offpeak.ingest.proxy.ProxyRoutes;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.topic.Topics;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    var registry = config.registry();
    var prices = prices(config.prices());
    var book = new KeyBook(context.clock(), registry == null);
    var keys = config.auth().apiKeys(book, context.clock());
    var entrance = new Entrance(keys);
    var bounds =
        new BodyBounds(
            config.api().readTimeout(),
            config.api().minimumRate().bytes(),
            config.limits().inflation());
    GatewayModule gateway =
        registry == null
            ? null
            : GatewayModule.create(
                config,
                registry,
                context,
                entrance,
                book,
                bounds,
                meters,
                prices,
                intake::isStopping);
    var requests =
        new RequestsRoute(
            entrance,
            config.auth().keys().size(),
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
            config.auth().keys().size(),
            new Bodies(bounds, config.proxy().bodyBytes().bytes(), intake::isStopping),
            http,
            gateway == null ? null : gateway.deferred(),
            gateway == null ? null : new Metering(prices, gateway.usage(), context.clock()),
            gateway == null ? null : gateway.purse());
    var probe = new TopicProbe(config.kafka(), topic, context.sleeper());
    context.health().addReadiness("kafka", probe);
    List<Consumer<HttpRouting.Builder>> routes =
        new ArrayList<>(List.of(requests, proxy, new OpenApiRoute()));
    if (gateway != null) {
      routes.addAll(gateway.routes());
    }
    return new IngestService(config.api(), producer, intake, routes, probe, http, gateway, meters);
  }

  private static PriceTable prices(PricesConfig config) {
    try {
      return config.table();
    } catch (IOException e) {
      throw new UncheckedIOException("the price file " + config.file() + " can't be read", e);
    }
  }
}
