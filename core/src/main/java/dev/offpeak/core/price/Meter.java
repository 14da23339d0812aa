package dev.offpeak.core.price;

import java.util.Locale;

/** What is counted apart and has a price of its own; no unit is in two of them. */
public enum Meter {
  /** Input that the cache has no part in. */
  INPUT,
  /** Input read from the prompt cache. */
  CACHED_INPUT,
  /** Input written to the prompt cache, to be kept for minutes. */
  CACHE_WRITE_5M,
  /** Input written to the prompt cache, to be kept for an hour. */
  CACHE_WRITE_1H,
  /** Output, reasoning included. */
  OUTPUT;

  /** As it stands in records and files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
