package dev.offpeak.simulator.billing;

import java.util.Locale;

/** What is charged for, each at a price of its own. */
enum Meter {
  INPUT(0, "input", "uncached_input_tokens"),
  CACHED_INPUT(1, "cached input", "cache_read_input_tokens"),
  CACHE_WRITE(2, "cache write", "cache_creation.ephemeral_5m_input_tokens"),
  OUTPUT(3, "output", "output_tokens");

  private final int column;
  private final String openAi;
  private final String anthropic;

  Meter(int column, String openAi, String anthropic) {
    this.column = column;
    this.openAi = openAi;
    this.anthropic = anthropic;
  }

  /** In the price list. */
  int column() {
    return column;
  }

  /** In OpenAI's line items. */
  String openAi() {
    return openAi;
  }

  /** Anthropic's token_type. */
  String anthropic() {
    return anthropic;
  }

  /** In the invoice. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
