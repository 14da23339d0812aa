package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayWriting;
import java.time.Instant;

/** Notes of what is being written, which are nobody's. */
public final class Writings {

  private static final String NOBODY = "";

  private Writings() {}

  /** The note of that. */
  public static GatewayObject of(GatewayWriting writing, Instant now) {
    return GatewayObject.newBuilder()
        .setTenant(NOBODY)
        .setId("writing-" + writing.getName())
        .setCreatedAt(now)
        .setObject(writing)
        .build();
  }
}
