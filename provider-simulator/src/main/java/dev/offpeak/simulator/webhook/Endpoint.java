package dev.offpeak.simulator.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an organisation wants to be told of events.
 *
 * @param id the provider's id
 * @param owner the organisation
 * @param ordinal counts endpoints in order of creation
 * @param name given by the user
 * @param url where events are posted to
 * @param events types of event that are told
 * @param createdAt simulated seconds since the epoch
 * @param updatedAt likewise
 * @param secret signs, {@code whsec_...}
 * @param oldSecret signs too until its time is over, null when there is none
 * @param oldSecretUntil simulated milliseconds since the epoch
 */
public record Endpoint(
    String id,
    String owner,
    long ordinal,
    String name,
    String url,
    List<String> events,
    long createdAt,
    long updatedAt,
    String secret,
    @Nullable String oldSecret,
    long oldSecretUntil) {

  /** The secrets that sign at a time, the newest first. */
  List<String> secretsAt(long millis) {
    return oldSecret == null || millis >= oldSecretUntil
        ? List.of(secret)
        : List.of(secret, oldSecret);
  }

  /** The same with what a user may change. */
  public Endpoint changed(String itsName, String itsUrl, List<String> itsEvents, long seconds) {
    return new Endpoint(
        id,
        owner,
        ordinal,
        itsName,
        itsUrl,
        itsEvents,
        createdAt,
        seconds,
        secret,
        oldSecret,
        oldSecretUntil);
  }

  /**
   * The same with a new secret.
   *
   * @param oldUntil when the present one stops to sign, in simulated milliseconds
   */
  public Endpoint rotated(String newSecret, long oldUntil, long seconds) {
    return new Endpoint(
        id, owner, ordinal, name, url, events, createdAt, seconds, newSecret, secret, oldUntil);
  }
}
