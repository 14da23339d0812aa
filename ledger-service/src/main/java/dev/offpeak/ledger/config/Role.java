package dev.offpeak.ledger.config;

/** What somebody is for, and so what the console shows and lets them do. */
public enum Role {
  /** Looks: money, jobs, single requests by their names; no answers. */
  VIEWER,
  /** Money only: nothing of single requests. */
  FINANCE,
  /** All, answers and actions included. */
  OPERATOR;

  /** What a role may do. */
  public enum Right {
    /** See sums of money. */
    MONEY,
    /** See jobs, and single requests by their names. */
    REQUESTS,
    /** See what was asked and answered. */
    ANSWERS,
    /** Ask the services for something. */
    ACT
  }

  /** Whether they may do that. */
  public boolean may(Right right) {
    return switch (this) {
      case VIEWER -> right == Right.MONEY || right == Right.REQUESTS;
      case FINANCE -> right == Right.MONEY;
      case OPERATOR -> true;
    };
  }
}
