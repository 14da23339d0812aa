package dev.offpeak.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The registry answers, but has not told this one schema for as long as is waited. The records that
 * need it are given up for now and may be sent again.
 */
public final class SchemaUnavailable extends SerializationException {

  private static final long serialVersionUID = 1L;

  /** With what the registry was asked, what it answered, and for how long. */
  public SchemaUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
