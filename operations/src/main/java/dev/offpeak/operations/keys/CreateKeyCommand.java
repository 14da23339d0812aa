package dev.offpeak.operations.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.schemas.avro.GatewayKey;
import dev.offpeak.schemas.avro.KeyPolicy;
import dev.offpeak.schemas.key.RuleText;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offpeak keys create}: makes a key and prints it, once. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description =
        "Make a key and print it: it is shown this once, and only its digest is kept. Gateways know"
            + " it within moments.")
final class CreateKeyCommand implements Callable<Integer> {

  private static final String BEGINNING = "sk-offpeak-";
  private static final int RANDOM_BYTES = 32;
  private static final String GOOD_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Parameters(
      paramLabel = "NAME",
      description = "What the key is called in logs, usage and budgets: letters, digits, . _ -")
  private String name = "";

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose its calls are; default: ${DEFAULT-VALUE}.")
  private String tenant = "";

  @Option(
      names = "--may-choose-tenant",
      description = "Whether the header x-offpeak-tenant may name another one.")
  private boolean mayChooseTenant;

  @Option(names = "--team", paramLabel = "NAME", description = "Label of calls that say none.")
  private @Nullable String team;

  @Option(names = "--feature", paramLabel = "NAME", description = "Label of calls that say none.")
  private @Nullable String feature;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "auto",
      description =
          "Of calls that do not say whether they wait: interactive, batch, or auto, which is as"
              + " --rule says; default: ${DEFAULT-VALUE}.")
  private String policy = "";

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description =
          "Under auto, the first that a call meets: batch: or interactive: and any of endpoint=,"
              + " model=, team=, feature=, with commas between, such as"
              + " batch:endpoint=/v1/embeddings,team=search. May be given again.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "PATTERN",
      description =
          "A model that may be called, such as gpt-4o*. May be given again; default: all.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--requests-per-minute", paramLabel = "N", description = "Calls at once.")
  private @Nullable Long requests;

  @Option(names = "--input-tokens-per-minute", paramLabel = "N", description = "Of calls at once.")
  private @Nullable Long inputTokens;

  @Option(names = "--concurrent", paramLabel = "N", description = "Calls at the same time.")
  private @Nullable Integer concurrent;

  @Option(names = "--day-usd", paramLabel = "USD", description = "What may be spent a day (UTC).")
  private @Nullable BigDecimal dayUsd;

  @Option(
      names = "--month-usd",
      paramLabel = "USD",
      description = "What may be spent a month (UTC).")
  private @Nullable BigDecimal monthUsd;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "An instant such as 2027-01-01T00:00:00Z, or days from now such as 90d.")
  private @Nullable String expires;

  CreateKeyCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    String secret = secret();
    SkippedRecords leftOut = new SkippedRecords();
    try (Cluster open = cluster.open()) {
      GatewayKey key = key(secret, Clock.systemUTC().instant());
      if (KeyTopic.read(open, leftOut).containsKey(name)) {
        throw new ParameterException(
            line,
            "there is a key '"
                + name
                + "' already, or there was one: its usage would be taken for this one's. Choose"
                + " another name");
      }
      KeyTopic.write(open, key);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
    line.getOut().println(secret);
    line.getOut().flush();
    line.getErr()
        .println(
            "This is the key '"
                + name
                + "' of tenant '"
                + tenant
                + "'. Keep it: it is not shown again.");
    line.getErr().flush();
    leftOut.say(line.getErr());
    return 0;
  }

  private GatewayKey key(String secret, Instant now) {
    require(name.matches(GOOD_NAME), "NAME is '" + name + "'; it must match " + GOOD_NAME);
    require(!tenant.isBlank(), "--tenant must name a tenant");
    require(requests == null || requests > 0, "--requests-per-minute must be 1 or more");
    require(inputTokens == null || inputTokens > 0, "--input-tokens-per-minute must be 1 or more");
    require(concurrent == null || concurrent > 0, "--concurrent must be 1 or more");
    return GatewayKey.newBuilder()
        .setName(name)
        .setDigest(digest(secret))
        .setTenant(tenant)
        .setMayChooseTenant(mayChooseTenant)
        .setTeam(team)
        .setFeature(feature)
        .setPolicy(policy())
        .setRules(rules.stream().map(RuleText::of).toList())
        .setModels(models)
        .setRequestsPerMinute(requests)
        .setInputTokensPerMinute(inputTokens)
        .setConcurrent(concurrent)
        .setDayPicoUsd(KeyOptions.pico("--day-usd", dayUsd))
        .setMonthPicoUsd(KeyOptions.pico("--month-usd", monthUsd))
        .setCreatedAt(now)
        .setExpiresAt(KeyOptions.expiry(expires, now))
        .build();
  }

  private KeyPolicy policy() {
    try {
      return KeyPolicy.valueOf(policy.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--policy is '" + policy + "'; it must be interactive, batch or auto", e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static String secret() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String digest(String secret) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
