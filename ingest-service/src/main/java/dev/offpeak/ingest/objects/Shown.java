package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object as it is to be shown.
 *
 * @param cancelling when somebody wished to cancel it; null when nobody has
 */
public record Shown(GatewayObject object, @Nullable Instant cancelling) {}
