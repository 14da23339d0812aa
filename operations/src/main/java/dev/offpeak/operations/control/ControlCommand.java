package dev.offpeak.operations.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak flush | cancel | pause | resume}: one record to llm.control. */
@Command(mixinStandardHelpOptions = true)
public final class ControlCommand implements Callable<Integer> {

  private static final ByteSize SMALL = ByteSize.parse("1MiB");

  private final ControlAction action;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--lane",
      paramLabel = "ID",
      description = "Flush: one lane, provider|account|endpoint|model; default: every lane.")
  private @Nullable String lane;

  @Option(names = "--account", paramLabel = "NAME", description = "Of that account.")
  private @Nullable String account;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Cancel: requests of that tenant.")
  private @Nullable String tenant;

  @Option(names = "--batch", paramLabel = "ID", description = "Cancel: that batch.")
  private @Nullable String batchId;

  @Option(
      names = "--custom-id",
      paramLabel = "ID",
      description = "Cancel: a request that is not sealed yet.")
  private @Nullable String customId;

  @Option(names = "--all", description = "Cancel: everything.")
  private boolean all;

  /** Sends that wish. */
  public ControlCommand(ControlAction action) {
    this.action = action;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    ControlRecord wish =
        ControlRecord.newBuilder()
            .setAction(action)
            .setLane(lane)
            .setAccount(account)
            .setTenant(tenant)
            .setBatchId(batchId)
            .setCustomId(customId)
            .setIssuedAt(Clock.systemUTC().instant())
            .build();
    try (Cluster open = cluster.open(System.getenv());
        Producer<byte[], byte[]> producer = open.producer(SMALL)) {
      String topic = open.topics().control().name();
      Serializer<ControlRecord> writer = open.serdes().serializer(ControlRecord.class);
      var _ =
          producer
              .send(
                  new ProducerRecord<>(
                      topic, subject().getBytes(UTF_8), writer.serialize(topic, wish)))
              .get();
    } catch (ExecutionException e) {
      throw new KafkaException("the wish could not be written: " + e.getMessage(), e);
    }
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    out.println("asked for " + action.name().toLowerCase(Locale.ROOT) + " of " + subject());
    out.flush();
    return 0;
  }

  private void check() {
    boolean named =
        account != null || tenant != null || batchId != null || customId != null || lane != null;
    if (action == ControlAction.CANCEL && !named && !all) {
      throw wrong("say what to cancel: --batch, --custom-id, --tenant, --account or --all");
    }
    boolean aboutAccounts = action == ControlAction.PAUSE || action == ControlAction.RESUME;
    if (aboutAccounts && account == null) {
      throw wrong("say which account: --account NAME");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), problem);
  }

  private String subject() {
    if (batchId != null) {
      return "batch " + batchId;
    }
    if (customId != null) {
      return "request " + customId;
    }
    if (lane != null) {
      return "lane " + lane;
    }
    if (account != null) {
      return "account " + account;
    }
    return tenant == null ? "everything" : "tenant " + tenant;
  }
}
