package dev.offpeak.batcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.seal.BatchLimits;
import dev.offpeak.core.seal.FileFrame;
import dev.offpeak.core.seal.SealPolicy;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountRouter;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.Route;
import dev.offpeak.schemas.request.Endpoints;
import dev.offpeak.schemas.request.TakenUrls;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The rules of every lane, found by request or by lane id. Remembers what it has found, so that a
 * request costs one look-up. One for each stream task; not thread-safe.
 */
public final class LaneDirectory {

  /** Users may name as many models as they like; the memory of them has an end. */
  private static final int REMEMBERED = 10_000;

  private final Accounts accounts;
  private final AccountRouter router;
  private final Duration linger;
  private final Duration margin;
  private final Map<RouteKey, Found> byRoute = new HashMap<>();
  private final Map<Bytes, LaneRules> byId = new HashMap<>();
  private Set<String> avoided = Set.of();
  private long avoidedVersion;

  /** When the first of them is avoided no longer. */
  private Instant avoidedUntil = Instant.MAX;

  /** Where a request wants to go. */
  private record RouteKey(
      LineShape shape,
      String endpoint,
      String model,
      String tenant,
      @Nullable String account,
      Edition edition) {}

  /** Where a request goes. */
  public sealed interface Destination {}

  /** Into that lane. */
  public record Found(LaneRules rules) implements Destination {}

  /** Nowhere, for that reason. */
  public record Lost(Route.Refused refused) implements Destination {}

  /**
   * A book about these accounts.
   *
   * @param linger longest time that a request waits in an open batch
   * @param margin kept before a deadline besides the provider's window
   */
  public LaneDirectory(Accounts accounts, Duration linger, Duration margin) {
    this.accounts = accounts;
    this.router = new AccountRouter(accounts);
    this.linger = linger;
    this.margin = margin;
  }

  /**
   * Routes around avoided accounts from now on, see {@link AccountRouter}.
   *
   * @param version another number after each change, 0 before the first
   * @param until when each account is avoided no longer, null when nothing stands against it
   */
  public void avoid(long version, Function<String, @Nullable Instant> until, Instant now) {
    if (version == avoidedVersion && now.isBefore(avoidedUntil)) {
      return;
    }
    avoidedVersion = version;
    avoidedUntil = Instant.MAX;
    Set<String> found = new HashSet<>();
    for (Account account : accounts.all()) {
      Instant end = until.apply(account.name());
      if (end != null && end.isAfter(now)) {
        found.add(account.name());
        avoidedUntil = end.isBefore(avoidedUntil) ? end : avoidedUntil;
      }
    }
    avoided = Set.copyOf(found);
    byRoute.clear();
  }

  /**
   * Urls that somebody here takes: some servers have no version in them, or endpoints of their own.
   */
  public TakenUrls takenUrls() {
    return new TakenUrls(
        accounts.all().stream().anyMatch(Account::hasBareEndpoints),
        accounts.all().stream()
            .filter(account -> account.profile().shape() == LineShape.OPENAI)
            .flatMap(account -> account.endpoints().stream())
            .filter(endpoint -> !LineShape.OPENAI.endpoints().contains(endpoint))
            .collect(Collectors.toUnmodifiableSet()),
        false);
  }

  /**
   * The lane of a request.
   *
   * @param account the account that the request names, or null
   * @param edition of the provider's API that it asks for
   */
  public Destination find(
      LineShape shape,
      String endpoint,
      String model,
      String tenant,
      @Nullable String account,
      Edition edition) {
    RouteKey key = new RouteKey(shape, endpoint, model, tenant, account, edition);
    Found known = byRoute.get(key);
    if (known != null) {
      return known;
    }
    return switch (router.route(shape, endpoint, model, tenant, account, avoided)) {
      case Route.Refused refused -> new Lost(refused);
      case Route.To(Account to) -> {
        Found found = new Found(rules(to.profile().lane(to.name(), endpoint, model, edition), to));
        remember(byRoute, key, found);
        yield found;
      }
    };
  }

  /** The rules of a lane by its id, or null when its account is not configured any more. */
  public @Nullable LaneRules ofId(Bytes id) {
    LaneRules known = byId.get(id);
    if (known != null) {
      return known;
    }
    Lane lane = Lane.parse(new String(id.get(), UTF_8));
    Account account = accounts.find(lane.account()).orElse(null);
    if (account == null || !account.provider().equals(lane.provider())) {
      return null;
    }
    LaneRules rules = rules(lane, account);
    remember(byId, id, rules);
    return rules;
  }

  private LaneRules rules(Lane lane, Account account) {
    BatchFormat format = account.profile().format();
    FileFrame frame =
        new FileFrame(format.fileOverhead(), format.separatorLength(), format.lineOverhead(lane));
    BatchLimits limits =
        BatchLimits.of(account.limits(), frame, Endpoints.embeddings(lane.endpoint()));
    return new LaneRules(
        lane,
        Bytes.wrap(lane.id().getBytes(UTF_8)),
        new SealPolicy(limits, linger, account.limits().window(), margin),
        version(lane.edition(), account));
  }

  private static String version(Edition edition, Account account) {
    return edition.version().isEmpty()
        ? Objects.requireNonNullElse(account.wire().apiVersion(), "")
        : edition.version();
  }

  private static <K, V> void remember(Map<K, V> memory, K key, V value) {
    if (memory.size() >= REMEMBERED) {
      memory.clear();
    }
    memory.put(key, value);
  }
}
