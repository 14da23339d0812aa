package dev.offpeak.core.provider;

import java.time.Instant;

/**
 * An uploaded input file.
 *
 * @param bytes its size as the provider tells
 * @param state whether a job can be made of it
 */
public record InputFile(String id, String name, long bytes, Instant createdAt, State state) {

  /** Whether a job can be made of a file. */
  public enum State {
    /** It can. */
    READY,
    /** The provider has it; whether it takes a create at once differs from server to server. */
    UPLOADED,
    /** Not yet: the provider is still reading it (Azure, Gemini). */
    PENDING,
    /** Never: the provider could not read it. */
    FAILED;

    /** Whether a job can be made of the file; one that is only said to be there is tried. */
    public boolean isUsable() {
      return this == READY || this == UPLOADED;
    }
  }

  /** Whether a job can be made of it; one that is only said to be there is tried. */
  public boolean isUsable() {
    return state.isUsable();
  }

  /** A file that is ready. */
  public InputFile(String id, String name, long bytes, Instant createdAt) {
    this(id, name, bytes, createdAt, State.READY);
  }
}
