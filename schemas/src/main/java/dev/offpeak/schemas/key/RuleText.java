package dev.offpeak.schemas.key;

import dev.offpeak.schemas.avro.KeyRule;

/** Which calls with a key wait, as it is written in options and configurations. */
public final class RuleText {

  private RuleText() {}

  /**
   * Such as {@code batch:endpoint=/v1/embeddings,model=gpt-*} or {@code interactive:feature=chat}.
   *
   * @throws IllegalArgumentException saying what it should be
   */
  public static KeyRule of(String text) {
    int colon = text.indexOf(':');
    String way = text.substring(0, Math.max(0, colon));
    if (!way.equals("batch") && !way.equals("interactive")) {
      throw wrong(text, "it must begin with batch: or interactive:");
    }
    KeyRule.Builder rule = KeyRule.newBuilder().setWaits(way.equals("batch"));
    String rest = text.substring(colon + 1);
    for (String each : rest.isEmpty() ? new String[0] : rest.split(",", -1)) {
      int equals = each.indexOf('=');
      String value = each.substring(equals + 1).strip();
      switch (each.substring(0, Math.max(0, equals)).strip()) {
        case "endpoint" -> rule.setEndpoint(value);
        case "model" -> rule.setModel(value);
        case "team" -> rule.setTeam(value);
        case "feature" -> rule.setFeature(value);
        default ->
            throw wrong(text, "'" + each + "' is none of endpoint=, model=, team=, feature=");
      }
    }
    return rule.build();
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("the rule is '" + text + "': " + why);
  }
}
