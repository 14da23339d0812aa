package dev.offpeak.ingest.metering;

import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.live.LiveUsage;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books calls at once: for each that a provider has answered one record of llm.usage. A cost stands
 * in it only when the provider's last counts have come and the model has a price at that tier.
 */
public final class Metering {

  private static final Logger LOGGER = LoggerFactory.getLogger(Metering.class);

  private final PriceTable prices;
  private final UsageQueue queue;
  private final Clock clock;

  public Metering(PriceTable prices, UsageQueue queue, Clock clock) {
    this.prices = prices;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Begins to listen to the answer of a call.
   *
   * @param isStream whether it comes as events
   * @param settled told at the end what the call came to
   */
  public Tap listen(LiveCall call, boolean isStream, Settled settled) {
    LiveUsage usage = new LiveUsage(call.account().profile().live(), isStream);
    return new Tap() {
      @Override
      public void piece(byte[] bytes) {
        usage.piece(bytes);
      }

      @Override
      public void end(boolean isWhole) {
        if (isWhole) {
          usage.end();
        }
        Long cost = book(call, usage);
        settled.settle(usage.usage().isCertain() ? usage.usage().tokens().input() : null, cost);
      }
    };
  }

  /** The price of what was asked or has answered. */
  public Optional<Price> price(LiveCall call, String answered) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var provider = call.account().provider();
    Optional<Price> price =
        answered.isEmpty() ? Optional.empty() : prices.find(provider, answered, today);
    return price.or(() -> prices.find(provider, call.model(), today));
  }

  private @Nullable Long book(LiveCall call, LiveUsage used) {
    ReportedUsage usage = used.usage();
    Price price = price(call, used.model()).orElse(null);
    boolean isKnown = usage.isCertain() && used.isLast() && price != null;
    Long sync = null;
    Long cost = null;
    if (isKnown && price != null) {
      try {
        sync = price.syncCost(usage.tokens());
        cost = cost(used.tier(), price, usage.tokens(), sync);
      } catch (ArithmeticException e) {
        LOGGER.atWarn().addKeyValue("model", call.model()).log("a call cost more than can be");
      }
    }
    queue.add(record(call, usage.tokens(), cost, cost == null ? null : sync));
    return cost;
  }

  /** OpenAI's flex is sold at the price of batches; what other tiers cost is in no list. */
  private static @Nullable Long cost(String tier, Price price, TokenUsage tokens, long sync) {
    return switch (tier.toLowerCase(Locale.ROOT)) {
      case "", "default", "auto", "standard" -> sync;
      case "flex" -> price.batchCost(tokens);
      default -> null;
    };
  }

  private UsageRecord record(
      LiveCall call, TokenUsage tokens, @Nullable Long cost, @Nullable Long sync) {
    return UsageRecord.newBuilder()
        .setRecordedAt(clock.instant())
        .setTenant(call.spender().tenant())
        .setTeam(call.spender().team())
        .setFeature(call.spender().feature())
        .setKey(call.spender().key())
        .setProvider(call.account().provider().id())
        .setAccount(call.account().name())
        .setEndpoint(call.endpoint())
        .setModel(call.model())
        .setMode(UsageMode.LIVE)
        .setRequests(1)
        .setUsage(
            new Tokens(
                tokens.input(),
                tokens.cachedInput(),
                tokens.cacheWrite(),
                tokens.output(),
                tokens.reasoning(),
                tokens.longCacheWrite()))
        .setCostPicoUsd(cost)
        .setSyncCostPicoUsd(sync)
        .setSyncReason(call.reason().id())
        .setCharges(List.of())
        .build();
  }
}
