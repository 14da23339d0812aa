package dev.offpeak.schemas.serde;

import dev.offpeak.schemas.avro.LlmRequest;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro load our own record classes by the names that schemas give them. Avro 1.12 loads none
 * unless told so, not even the defaults of a generated builder; there is no other place to tell it
 * than this global one, so what was trusted before stays trusted.
 */
final class OwnRecords {

  private static final String PACKAGE = LlmRequest.class.getPackageName() + '.';

  private OwnRecords() {}

  /** Trusts them, from now on and in the whole process. */
  static synchronized void trust() {
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    if (!before.isTrusted(LlmRequest.class)) {
      ClassSecurityValidator.setGlobal(
          ClassSecurityValidator.composite(before, type -> type.getName().startsWith(PACKAGE)));
    }
  }
}
