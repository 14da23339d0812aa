package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.Role;
import dev.offpeak.ledger.config.Role.Right;

/**
 * Who asks for a page.
 *
 * @param name as they are called; empty where nobody is asked for it
 * @param role what they may do
 * @param token goes with each form, so that no page of another site can send one
 * @param leaves whether they can sign out
 */
record Visitor(String name, Role role, String token, boolean leaves) {

  /** Somebody who may only look. */
  static final Visitor ANYBODY = new Visitor("", Role.VIEWER, "", false);

  boolean may(Right right) {
    return role.may(right);
  }
}
