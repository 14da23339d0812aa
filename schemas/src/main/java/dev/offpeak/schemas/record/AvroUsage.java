package dev.offpeak.schemas.record;

import dev.offpeak.core.price.Charge;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageCharge;
import java.util.Collection;
import java.util.List;

/** Used tokens and what they are charged, as they stand in records. */
public final class AvroUsage {

  private AvroUsage() {}

  /** The record of that usage. */
  public static Tokens tokens(TokenUsage usage) {
    return new Tokens(
        usage.input(),
        usage.cachedInput(),
        usage.cacheWrite(),
        usage.output(),
        usage.reasoning(),
        usage.longCacheWrite());
  }

  /** The records of charges. */
  public static List<UsageCharge> charges(Collection<Charge> charges) {
    return charges.stream()
        .map(
            charge ->
                new UsageCharge(
                    charge.meter().id(), charge.quantity(), charge.unit(), charge.syncUnit()))
        .toList();
  }
}
