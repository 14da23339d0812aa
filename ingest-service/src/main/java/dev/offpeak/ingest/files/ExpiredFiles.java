package dev.offpeak.ingest.files;

import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes files away whose time is over. For one thread. */
public final class ExpiredFiles {

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final ObjectStore objects;
  private final FileStore files;
  private Instant next = Instant.MIN;

  public ExpiredFiles(ObjectStore objects, FileStore files) {
    this.objects = objects;
    this.files = files;
  }

  /** Looks for some, if it has not just done so. */
  public void sweep(Instant now) throws InterruptedException {
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    List<GatewayObject> over =
        objects
            .all()
            .filter(
                each ->
                    each.getObject() instanceof GatewayFile file
                        && file.getExpiresAt() != null
                        && !file.getExpiresAt().isAfter(now))
            .toList();
    for (GatewayObject each : over) {
      objects.delete(new ObjectKey(each.getTenant(), each.getId()));
      files.delete(((GatewayFile) each.getObject()).getStored());
    }
  }
}
