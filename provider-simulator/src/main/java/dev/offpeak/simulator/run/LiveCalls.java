package dev.offpeak.simulator.run;

import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.AnswerPlan;
import dev.offpeak.simulator.answer.Asked;
import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.ledger.LedgerEntry;
import dev.offpeak.simulator.ledger.Sha256;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** The synchronous calls: answered at once, at the full price. */
public final class LiveCalls {
  private final String provider;
  private final AnswerPlan plan;
  private final Ledger ledger;
  private final SimClock clock;
  private final AtomicLong calls = new AtomicLong();

  /** Calls of the named provider. */
  public LiveCalls(String provider, Workshop workshop) {
    this.provider = provider;
    this.plan = workshop.plan();
    this.ledger = workshop.ledger();
    this.clock = workshop.clock();
  }

  /**
   * Answers a request and enters it into the ledger.
   *
   * @param clientId what the caller calls it, empty when it does not say
   */
  public Answer answer(String owner, String clientId, byte[] body, String model, Asked asked)
      throws IOException {
    byte[] hash = Sha256.digest().digest(body);
    Marker marker = Marker.find(body, 0, body.length);
    long prefix = Sha256.prefix(hash);
    Answer answer = plan.answer(asked, marker, prefix, Mix.mix(prefix, calls.incrementAndGet()));
    ledger.appendSync(
        LedgerEntry.of(
            clock.millis(),
            new LedgerEntry.Payer(provider, owner, LedgerEntry.SYNC),
            clientId,
            HexFormat.of().formatHex(hash),
            model,
            answer));
    return answer;
  }
}
