package dev.offpeak.ingest.metering;

import java.util.Locale;

/** Why a call was made at once, at the full price. */
public enum AtOnce {
  /** Nobody said that it can wait. */
  NOT_ASKED,
  /** The call said that it can't ({@code x-offpeak-mode: sync}). */
  ASKED,
  /** Its answer comes in pieces. */
  STREAM,
  /** It names tools, whose calls somebody waits for. */
  TOOLS,
  /** SDKs of its API take no answer that is none yet. */
  API;

  /** As it stands in records. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
