package dev.offpeak.runtime.config.load;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Hides what may be a secret in a value that is printed: the values of properties that clients of
 * Kafka and of registries keep secret, of whatever is called like one, and what looks like one
 * itself. People put secrets in the clear against all advice. Rather too much than too little.
 */
final class Masking {

  static final String HIDDEN = "******";

  /**
   * Names whose values are hidden: sasl.jaas.config, ssl.*.password, ssl.keystore.key,
   * basic.auth.user.info, bearer.auth.token, sasl.oauthbearer.*.secret, and others like them.
   */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "passw|passphrase|pwd|secret|credential|jaas|user[._-]?info|api[._-]?key|access[._-]?key"
              + "|private[._-]?key|keystore[._-]?key|bearer|token|authorization|assertion|signature"
              + "|cookie",
          Pattern.CASE_INSENSITIVE);

  /** Names that only sound so: addresses, places, kinds and limits. */
  private static final Pattern PLAIN_NAME =
      Pattern.compile(
          "(url|uri|file|location|type|provider|class|algorithm|alias|method|mechanism|name|ms"
              + "|seconds|scope|source)$",
          Pattern.CASE_INSENSITIVE);

  private static final String NAME_IN_TEXT =
      "(?:[\\w.-]*(?:passw|secret|token|credential|signature|key)[\\w.-]*|sig|pwd)";

  /** Parts of a value that are hidden, the name before them kept. */
  private static final List<Pattern> SECRET_TEXTS =
      List.of(
          // Before the host of an address, whatever stands in the password.
          Pattern.compile("(//)[^\\s,;\"']*(?=@)"),
          Pattern.compile(
              "(?i)(" + NAME_IN_TEXT + "[\"']?\\s*[=:]\\s*)(?:\"[^\"]*\"|'[^']*'|[^\\s,;&]+)"),
          Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[\\w.~+/=-]{6,}"),
          Pattern.compile("(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\\s\\S]*"),
          // Keys and tokens that are known by how they begin.
          Pattern.compile("()\\b(?:sk-|AIza|AKIA|ghp_|xox[a-z]-|eyJ)[\\w.-]{8,}"));

  private Masking() {}

  /**
   * A value as it may be shown, on one line.
   *
   * @param name of the setting, with dots
   */
  static String shown(String name, String value) {
    if (SECRET_NAME.matcher(name).find() && !PLAIN_NAME.matcher(name).find()) {
      return HIDDEN;
    }
    String shown = value;
    for (Pattern secret : SECRET_TEXTS) {
      shown = secret.matcher(shown).replaceAll("$1" + HIDDEN);
    }
    return shown.replaceAll("\\p{Cntrl}+", " ");
  }
}
