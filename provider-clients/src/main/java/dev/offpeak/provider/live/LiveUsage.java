package dev.offpeak.provider.live;

import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.live.LiveShape.Last;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer piece by piece, as it passes by, for what the call used. Keeps nothing of it, and
 * is never the reason why anything fails: what can't be read is not known.
 */
public final class LiveUsage {

  private final LiveShape shape;
  private final boolean isStream;
  private final EventLines events = new EventLines(this::data, this::eventEnds);
  private @Nullable LiveJson json;
  private ReportedUsage usage = ReportedUsage.MISSING;
  private String model = "";
  private String tier = "";
  private boolean isLast;

  /**
   * Of one answer.
   *
   * @param isStream whether it comes as events, each with JSON, or is one JSON value
   */
  public LiveUsage(LiveShape shape, boolean isStream) {
    this.shape = shape;
    this.isStream = isStream;
  }

  /** The next bytes of it. */
  public void piece(byte[] bytes) {
    if (isStream) {
      events.piece(bytes);
    } else {
      data(bytes, 0, bytes.length);
    }
  }

  /** All of it has come. */
  public void end() {
    if (isStream) {
      events.end();
    } else {
      eventEnds();
    }
    isLast = true;
  }

  /**
   * What it used as far as the answer says. Certain only when the last counts have come: of an
   * answer that broke off before, the counts are what was told until then.
   */
  public ReportedUsage usage() {
    return usage;
  }

  /** Whether no other counts would have followed. */
  public boolean isLast() {
    return isLast;
  }

  /** The model that answered; empty when it does not say. */
  public String model() {
    return model;
  }

  /** The tier of service at which it was executed; empty when it does not say. */
  public String tier() {
    return tier;
  }

  private void data(byte[] bytes, int from, int to) {
    if (json == null) {
      json = new LiveJson(shape, this::told);
    }
    json.feed(bytes, from, to);
    take(json);
  }

  private void eventEnds() {
    if (json != null) {
      json.end();
      take(json);
      json = null;
    }
  }

  private void take(LiveJson of) {
    model = of.model().isEmpty() ? model : of.model();
    tier = of.tier().isEmpty() ? tier : of.tier();
  }

  /** Later counts are the whole again; those that begin a stream alone say what was put in. */
  private void told(ReportedUsage next, boolean inNest, boolean inList) {
    TokenUsage before = usage.tokens();
    boolean keepsInput = next.isCertain() && next.tokens().input() == 0 && before.input() > 0;
    usage =
        keepsInput
            ? ReportedUsage.of(
                new TokenUsage(
                    before.input(),
                    before.cachedInput(),
                    before.cacheWrite(),
                    next.tokens().output(),
                    next.tokens().reasoning(),
                    before.longCacheWrite()))
            : next;
    boolean mayGrow = isStream || inList;
    isLast |=
        !mayGrow || shape.last() == Last.ANY || (shape.last() == Last.OUTSIDE_THE_NEST && !inNest);
  }
}
