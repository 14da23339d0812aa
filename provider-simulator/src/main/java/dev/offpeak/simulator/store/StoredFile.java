package dev.offpeak.simulator.store;

import org.jspecify.annotations.Nullable;

/**
 * A file that the provider holds.
 *
 * @param id the provider's id
 * @param owner who may see it: the organisation of the key
 * @param ordinal counts files in order of creation
 * @param name the file name given at upload
 * @param purpose the provider's word for what it is for
 * @param contentType its MIME type, empty when nobody said
 * @param sha256 hash of its content in hex, empty when nobody asked for it
 * @param bytes its size
 * @param createdAt simulated milliseconds since the epoch
 * @param expiresAt likewise, null for never
 */
public record StoredFile(
    String id,
    String owner,
    long ordinal,
    String name,
    String purpose,
    String contentType,
    String sha256,
    long bytes,
    long createdAt,
    @Nullable Long expiresAt) {

  /**
   * A file to be, before it is in the storage.
   *
   * @param id the provider's id
   * @param owner who may see it
   * @param name the file name given at upload
   * @param purpose the provider's word for what it is for
   * @param contentType its MIME type, may be empty
   * @param sha256 hash of its content in hex, may be empty
   * @param lifeMillis how long it lives in simulated milliseconds, null for ever
   */
  public record Draft(
      String id,
      String owner,
      String name,
      String purpose,
      String contentType,
      String sha256,
      @Nullable Long lifeMillis) {}

  /** Whether the file is gone at the given time. */
  public boolean expired(long now) {
    return expiresAt != null && expiresAt <= now;
  }
}
