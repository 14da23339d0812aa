package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.LeftOut;
import dev.offpeak.operations.cluster.Surroundings;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.inventory.Nearest;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.TakenUrls;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that choosing from llm.requests and from llm.failures share. */
final class ReplayOptions {

  private static final Duration SKEW = Duration.ofHours(1);

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--replay-id",
      required = true,
      paramLabel = "NAME",
      description =
          "Names this replay. Run again with the same name, it sends nothing twice; a new name is"
              + " executed, and paid, again.")
  private String replayId = "";

  @Option(names = "--from", paramLabel = "TIME", description = "Written at that time or later.")
  @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Written before that time.")
  @Nullable Instant to;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Of that tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "With that label; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(names = "--of-model", paramLabel = "GLOB", description = "For such models.")
  private @Nullable String ofModel;

  @Option(names = "--model", paramLabel = "NAME", description = "Send them to this model instead.")
  private @Nullable String model;

  @Option(names = "--account", paramLabel = "NAME", description = "Send them to this account.")
  private @Nullable String account;

  @Option(names = "--dry-run", description = "Count and price; send nothing.")
  private boolean dryRun;

  @Option(
      names = "--request-bytes",
      paramLabel = "SIZE",
      description = "limits.request-bytes of the installation; default: as its file says, or 8MiB.")
  private @Nullable String requestBytes;

  /** Options of a command that is started there. */
  ReplayOptions(Surroundings surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  /** Puts what was chosen where a replay finds it. */
  @FunctionalInterface
  interface Source {
    /** Offers every request of the source. */
    void offerTo(Replay replay, ReplayCount count, LeftOut leftOut, Cluster cluster)
        throws InterruptedException;
  }

  /** Runs a replay of the source and says what it did. */
  int run(Source source, CommandLine line) throws InterruptedException {
    Target target = target(line);
    LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    ReplayCount count = new ReplayCount(PriceLists.builtIn(), today);
    LeftOut leftOut = new LeftOut();
    try (Cluster open = cluster.open()) {
      checkTarget(open, line);
      ByteSize largest = requestBytes == null ? open.requestLimit() : largest(requestBytes, line);
      RequestDecoder decoder = decoder(open);
      Identities before = sentBefore(open, decoder);
      try (Producer<byte[], byte[]> producer = dryRun ? null : open.producer(largest)) {
        Replay replay =
            new Replay(
                decoder,
                new Selection(tenant, labels, ofModel),
                target,
                rewriting(open, target),
                before,
                largest,
                producer,
                count);
        source.offerTo(replay, count, leftOut, open);
        replay.finish();
      }
    }
    leftOut.say(line.getErr());
    report(count, line.getOut());
    if (count.isInVain()) {
      throw new ParameterException(line, "nothing is meant by that: " + count.instead());
    }
    return 0;
  }

  private Target target(CommandLine line) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ParameterException(
          line, "--from is " + from + ", --to is " + to + "; nothing lies between");
    }
    try {
      return new Target(replayId, account, model);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }

  /** Where the accounts are known, what none of them takes is not sent to be refused. */
  private void checkTarget(Cluster open, CommandLine line) {
    Map<String, ClusterConfig.Account> accounts = open.accounts();
    if (accounts.isEmpty()) {
      return;
    }
    if (account != null && !accounts.containsKey(account)) {
      throw new ParameterException(
          line,
          "--account: there is no account '"
              + account
              + "'. "
              + Nearest.to(account, accounts.keySet()));
    }
    if (model != null && accounts.values().stream().noneMatch(known -> takes(known, model))) {
      throw new ParameterException(
          line,
          "--model: no account takes '"
              + model
              + "'. "
              + Nearest.to(
                  model,
                  accounts.values().stream().flatMap(known -> known.models().stream()).toList()));
    }
  }

  private static boolean takes(ClusterConfig.Account known, String model) {
    return known.models().isEmpty()
        || known.models().stream().anyMatch(like -> Selection.isLike(model, like));
  }

  private static ByteSize largest(String text, CommandLine line) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          line, "--request-bytes is '" + text + "'; it " + e.getMessage(), e);
    }
  }

  private Identities sentBefore(Cluster open, RequestDecoder decoder) throws InterruptedException {
    TopicReader reader = new TopicReader(open);
    // A replay of something is written after it; clocks may differ.
    Instant since = from == null ? null : from.minus(SKEW);
    EarlierReplay earlier = new EarlierReplay(decoder, replayId);
    // Records that are no requests are counted when they are offered.
    reader.read(
        reader.slice(open.topics().requests().name(), since, null),
        new LeftOut().sparing(earlier::see));
    return earlier.sent();
  }

  private void report(ReplayCount count, PrintWriter out) {
    out.print(count.text());
    out.printf(
        Locale.ROOT,
        "%s%,d new requests, replay id '%s'%s%n",
        dryRun ? "dry run, nothing sent: " : "sent ",
        count.requests(),
        replayId,
        count.sentBefore() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d were sent with it before", count.sentBefore()));
    out.flush();
  }

  private static RequestDecoder decoder(Cluster open) {
    String topic = open.topics().requests().name();
    Deserializer<LlmRequest> reader = open.serdes().deserializer(LlmRequest.class);
    return new RequestDecoder(
        (headers, value) -> reader.deserialize(topic, headers, value), TakenUrls.ANY);
  }

  private static Rewriting rewriting(Cluster open, Target target) {
    String topic = open.topics().requests().name();
    Deserializer<LlmRequest> reader = open.serdes().deserializer(LlmRequest.class);
    Serializer<LlmRequest> writer = open.serdes().serializer(LlmRequest.class);
    return new Rewriting(
        topic,
        target,
        value -> reader.deserialize(topic, value),
        request -> writer.serialize(topic, request));
  }
}
