package dev.offpeak.core.control;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How a provider treats an account, as a submitter has told. The later notice counts, and of two at
 * once the one that avoids the account for longer.
 *
 * @param until null when the account is usable
 */
record AccountRefusal(@Nullable Instant until, Instant issuedAt)
    implements Comparable<AccountRefusal> {

  private static final Comparator<AccountRefusal> ORDER =
      Comparator.comparing(AccountRefusal::issuedAt)
          .thenComparing(AccountRefusal::until, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Override
  public int compareTo(AccountRefusal other) {
    return ORDER.compare(this, other);
  }
}
