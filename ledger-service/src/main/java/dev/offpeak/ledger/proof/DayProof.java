package dev.offpeak.ledger.proof;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A day of an account, or several days that jobs ran across, which only their sum can prove.
 *
 * @param oursUsd of what has a price
 * @param theirsUsd null when no costs were reported
 */
public record DayProof(
    String account,
    LocalDate first,
    LocalDate last,
    State state,
    Used ours,
    Used theirs,
    BigDecimal oursUsd,
    @Nullable BigDecimal theirsUsd,
    List<Residual> residuals) {

  public DayProof {
    residuals = List.copyOf(residuals);
  }

  /** What is proved. */
  public enum State {
    /** The same tokens, and the same money where money is reported. */
    PROVED,
    /** The same tokens; the money differs by less than the last digits that are reported. */
    WITHIN_TOLERANCE,
    /** The difference may go away by itself. */
    WAITING,
    /** It will not. */
    DIFFERS,
    /** The provider was not asked. */
    NOT_ASKED;

    /** For a program. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether nothing was used, and nothing is billed. */
  boolean isEmpty() {
    return ours.isNothing()
        && theirs.isNothing()
        && (theirsUsd == null || theirsUsd.signum() == 0)
        && residuals.isEmpty();
  }

  /** Theirs less ours; null when no costs were reported. */
  public @Nullable BigDecimal difference() {
    return theirsUsd == null ? null : theirsUsd.subtract(oursUsd);
  }
}
