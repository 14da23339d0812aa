package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;

/**
 * A key that lets somebody into the console.
 *
 * @param digest SHA-256 of the key, 64 digits of base 16; the key itself is nowhere
 * @param role what whoever has it may do
 */
public record ConsoleKey(String digest, @Default("viewer") Role role) {

  public ConsoleKey {
    if (!digest.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "digest has "
              + digest.length()
              + " characters; it must be the SHA-256 of the key in 64 hexadecimal digits, as"
              + " printf %s KEY | sha256sum prints it");
    }
  }
}
