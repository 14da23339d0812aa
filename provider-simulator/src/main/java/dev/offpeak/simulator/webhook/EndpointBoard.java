package dev.offpeak.simulator.webhook;

import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.JsonFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All endpoints of a provider, in memory and on disk. */
public final class EndpointBoard {
  private final JsonFolder<Endpoint> folder;
  private final Ids ids;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final AtomicLong ordinals = new AtomicLong();

  /** Opens the board in a folder. */
  public EndpointBoard(JsonFolder<Endpoint> folder, Ids ids) throws IOException {
    this.folder = folder;
    this.ids = ids;
    for (Endpoint endpoint : folder.loadAll()) {
      endpoints.put(endpoint.id(), endpoint);
      ordinals.accumulateAndGet(endpoint.ordinal() + 1, Math::max);
    }
  }

  /** Makes an endpoint with a new secret. */
  public Endpoint create(
      String prefix, String owner, String name, String url, List<String> events, long seconds)
      throws IOException {
    Endpoint endpoint =
        new Endpoint(
            ids.next(prefix),
            owner,
            ordinals.getAndIncrement(),
            name,
            url,
            events,
            seconds,
            seconds,
            newSecret(),
            null,
            0);
    save(endpoint);
    return endpoint;
  }

  /** A secret as Standard Webhooks writes them. */
  public String newSecret() {
    byte[] key = ids.next("").getBytes(StandardCharsets.US_ASCII);
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  /** The endpoint of that id, when the owner has it. */
  public Optional<Endpoint> find(String owner, String id) {
    return Optional.ofNullable(endpoints.get(id))
        .filter(endpoint -> endpoint.owner().equals(owner));
  }

  /** All endpoints of an owner, newest first. */
  public List<Endpoint> list(String owner) {
    return endpoints.values().stream()
        .filter(endpoint -> endpoint.owner().equals(owner))
        .sorted(Comparator.comparingLong(Endpoint::ordinal).reversed())
        .toList();
  }

  /** Writes or replaces an endpoint. */
  public void save(Endpoint endpoint) throws IOException {
    folder.save(endpoint.id(), endpoint);
    endpoints.put(endpoint.id(), endpoint);
  }

  /** Removes an endpoint; what is on the way to it is not sent again. */
  public void delete(Endpoint endpoint) throws IOException {
    endpoints.remove(endpoint.id());
    folder.delete(endpoint.id());
  }
}
