package dev.offpeak.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry's answer is no: it has no such schema, or takes none such. Asking again is idle. */
public final class RegistryRefusal extends SerializationException {

  private static final long serialVersionUID = 1L;

  /** With what it was asked and what it answered. */
  public RegistryRefusal(String message) {
    super(message);
  }
}
