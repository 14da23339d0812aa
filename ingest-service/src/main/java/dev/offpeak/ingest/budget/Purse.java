package dev.offpeak.ingest.budget;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.Spender;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Pays for what is admitted, or refuses it. */
public final class Purse {

  /** Of larger files what follows is taken to be as what was read. */
  private static final long MOST_READ = 32 << 20;

  private static final int LONGEST_LINE = 16 << 20;

  private final Budgets budgets;
  private final PriceTable prices;
  private final List<Provider> providers;
  private final Clock clock;

  /**
   * @param providers whose prices a model may have, besides those who gave the shapes their names
   */
  public Purse(Budgets budgets, PriceTable prices, Set<Provider> providers, Clock clock) {
    this.budgets = budgets;
    this.prices = prices;
    this.providers = List.copyOf(providers);
    this.clock = clock;
  }

  /** Money that was taken for a call at once. */
  public interface Payment extends AutoCloseable {

    /** Of nobody. */
    Payment NONE = _ -> {};

    /**
     * The call has cost that; what is said later does not count.
     *
     * @param cost null when nobody knows it
     */
    void settle(@Nullable Long cost);

    /** Without another word, it has cost nothing. */
    @Override
    default void close() {
      settle(0L);
    }
  }

  /**
   * Takes money for a call at once.
   *
   * @param price null when there is none
   * @throws dev.offpeak.ingest.http.ApiException when it does not suffice
   */
  public Payment pay(
      Caller caller, Spender spender, String model, byte[] body, @Nullable Price price)
      throws InterruptedException {
    List<Budget> all = budgets.of(caller, spender);
    if (all.isEmpty()) {
      return Payment.NONE;
    }
    if (price == null) {
      throw BudgetRefusal.unpriced(model, all.getFirst());
    }
    long estimate = Estimate.of(body).atOnce(price);
    Optional<Shortfall> shortfall = budgets.take(all, spender, estimate);
    if (shortfall.isPresent()) {
      throw BudgetRefusal.of(shortfall.get(), "this call", estimate);
    }
    var over = new AtomicBoolean();
    return cost -> {
      if (over.compareAndSet(false, true)) {
        budgets.settle(spender, estimate, cost);
      }
    };
  }

  /** Reads what a batch asks for. */
  @FunctionalInterface
  public interface Lines {

    /** From the first. */
    InputStream open() throws IOException;
  }

  /**
   * Sets money aside for a batch.
   *
   * @param model of lines that name none; null for none
   * @param bytes of all lines
   * @throws dev.offpeak.ingest.http.ApiException when it does not suffice
   */
  public void reserve(
      String batch, Caller caller, Spender spender, @Nullable String model, long bytes, Lines lines)
      throws InterruptedException, IOException {
    List<Budget> all = budgets.of(caller, spender);
    if (all.isEmpty()) {
      return;
    }
    long estimate = estimate(all, model, bytes, lines);
    Optional<Shortfall> shortfall = budgets.reserve(batch, all, spender, estimate);
    if (shortfall.isPresent()) {
      throw BudgetRefusal.of(shortfall.get(), "this batch", estimate);
    }
  }

  private long estimate(List<Budget> all, @Nullable String model, long bytes, Lines lines)
      throws IOException {
    long sum = 0;
    long read = 0;
    try (InputStream in = new BufferedInputStream(lines.open())) {
      byte[] line = nextLine(in);
      while (line.length > 0) {
        read += line.length;
        Estimate of = Estimate.of(line);
        String named = of.model() == null ? model : of.model();
        if (named != null) {
          sum = Math.addExact(sum, of.inBatch(price(named, all)));
        }
        line = read < MOST_READ ? nextLine(in) : new byte[0];
      }
    }
    return read < MOST_READ || read >= bytes
        ? sum
        : (long) Math.ceil(sum * ((double) bytes / read));
  }

  private Price price(String model, List<Budget> all) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (LineShape shape : LineShape.values()) {
      Optional<Price> price = prices.find(shape.home(), model, today);
      if (price.isPresent()) {
        return price.get();
      }
    }
    return providers.stream()
        .flatMap(provider -> prices.find(provider, model, today).stream())
        .findFirst()
        .orElseThrow(() -> BudgetRefusal.unpriced(model, all.getFirst()));
  }

  /** With its end; empty at the end. */
  private static byte[] nextLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      line.write(next);
      if (next == '\n' || line.size() >= LONGEST_LINE) {
        return line.toByteArray();
      }
      next = in.read();
    }
    return line.toByteArray();
  }
}
