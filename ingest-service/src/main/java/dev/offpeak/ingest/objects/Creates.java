package dev.offpeak.ingest.objects;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.schemas.avro.GatewayClaim;
import dev.offpeak.schemas.avro.GatewayObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the objects that calls ask for, each once: a call that is made again, by an SDK or at the
 * same moment by two programs, gets what the first has made.
 */
public final class Creates {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ObjectStore objects;
  private final Clock clock;
  private final Sleeper sleeper;

  /** Makes an object. */
  @FunctionalInterface
  public interface Make {

    /** The object, not written yet. */
    GatewayObject object() throws InterruptedException;
  }

  public Creates(ObjectStore objects, Clock clock, Sleeper sleeper) {
    this.objects = objects;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * What the call makes, or what an equal one has made.
   *
   * @param id of what it makes
   * @throws ApiException when another call of the same key asked for something else, or an equal
   *     one is just being answered
   */
  public GatewayObject once(String tenant, Repeats call, String id, Make make)
      throws InterruptedException {
    Optional<GatewayObject> before = before(tenant, call, id);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      GatewayObject made = make.object();
      objects.put(made);
      return made;
    } catch (ApiException e) {
      if (call.byKey()) {
        // Nothing is made, and the call may be made again.
        objects.unclaim(tenant, claim(call, id));
      }
      throw e;
    }
  }

  private static GatewayClaim claim(Repeats call, String id) {
    return new GatewayClaim(call.digest(), call.asked(), id);
  }

  private Optional<GatewayObject> before(String tenant, Repeats call, String id)
      throws InterruptedException {
    if (!call.byKey()) {
      return call.mayRepeat()
          ? objects.findBy(
              tenant, each -> call.made(each.getCreatedBy(), each.getCreatedAt(), clock))
          : Optional.empty();
    }
    GatewayClaim first = objects.claim(tenant, claim(call, id), clock.instant());
    if (!first.getAsked().equals(call.asked())) {
      throw new ApiException(
          new ApiError(
              422,
              "idempotency_key_reused",
              "the Idempotency-Key was sent before with another request; a key is for one",
              "idempotency-key"));
    }
    return first.getMakes().equals(id)
        ? Optional.empty()
        : Optional.of(await(new ObjectKey(tenant, first.getMakes())));
  }

  /** Somebody else is just making it. */
  private GatewayObject await(ObjectKey key) throws InterruptedException {
    for (long waited = 0; waited < PATIENCE.toMillis(); waited += LOOK.toMillis()) {
      Optional<GatewayObject> made = objects.find(key);
      if (made.isPresent()) {
        return made.get();
      }
      sleeper.sleep(LOOK);
    }
    throw new ApiException(
        new ApiError(
            409,
            ApiError.CALL_IN_PROGRESS,
            "another call with this Idempotency-Key is just being answered: make it again"));
  }
}
