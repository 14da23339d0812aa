package dev.offpeak.ledger.proof;

import dev.offpeak.ledger.proof.Evidence.Cost;
import dev.offpeak.ledger.proof.Evidence.Reported;
import java.util.List;

/** What a provider's APIs say of some days. */
record Bill(List<Reported> usage, List<Cost> costs) {

  Bill {
    usage = List.copyOf(usage);
    costs = List.copyOf(costs);
  }
}
