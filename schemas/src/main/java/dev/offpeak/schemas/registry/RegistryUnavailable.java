package dev.offpeak.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The registry can't be asked now: it is away, overloaded, or does not let us in. Says nothing
 * about the record, which must be kept and tried again.
 */
public final class RegistryUnavailable extends SerializationException {

  private static final long serialVersionUID = 1L;

  private final boolean answered;

  /** With the registry's URLs, what it was asked, and what to do. */
  public RegistryUnavailable(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * The same.
   *
   * @param answered whether something answered, though nothing that helps
   */
  RegistryUnavailable(String message, @Nullable Throwable cause, boolean answered) {
    super(message, cause);
    this.answered = answered;
  }

  /** Whether something answered, though nothing that helps. */
  boolean isAnswer() {
    return answered;
  }
}
