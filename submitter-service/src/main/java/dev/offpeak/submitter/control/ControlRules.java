package dev.offpeak.submitter.control;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.submitter.account.AccountBook;

/** What the wishes in llm.control mean for batches and accounts. */
public final class ControlRules {

  private final AccountBook accounts;
  private final Wishes wishes;

  /** Holds and resumes these accounts; keeps the rest among these wishes. */
  public ControlRules(AccountBook accounts, Wishes wishes) {
    this.accounts = accounts;
    this.wishes = wishes;
  }

  /** Takes note of a wish; says whether it is a submitter's. */
  public boolean heed(ControlRecord wish) {
    return switch (wish.getAction()) {
      case CANCEL -> wishes.noteCancel(wish);
      case ADOPT, DISCARD -> wishes.noteSettlement(wish);
      case PAUSE, RESUME -> hold(wish);
      // A notice of another submitter is for the batcher: each finds out by its own calls.
      case FLUSH, UNUSABLE, USABLE -> false;
    };
  }

  private boolean hold(ControlRecord wish) {
    accounts
        .usable()
        .forEach(
            (name, account) -> {
              if (wish.getAccount() == null || wish.getAccount().equals(name)) {
                if (wish.getAction() == ControlAction.PAUSE) {
                  account.gate().hold();
                } else {
                  account.gate().resume();
                }
              }
            });
    return true;
  }
}
