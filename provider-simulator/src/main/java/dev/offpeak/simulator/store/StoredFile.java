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
    long bytes,
    long createdAt,
    @Nullable Long expiresAt) {

  /** Whether the file is gone at the given time. */
  public boolean expired(long now) {
    return expiresAt != null && expiresAt <= now;
  }
}
