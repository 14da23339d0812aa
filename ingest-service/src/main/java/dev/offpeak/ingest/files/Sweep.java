package dev.offpeak.ingest.files;

import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayClaim;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayPart;
import dev.offpeak.schemas.avro.GatewayUpload;
import dev.offpeak.schemas.avro.GatewayWriting;
import dev.offpeak.schemas.avro.StoredBytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes away what is kept no longer, and the chunks that nobody has in the end. */
public final class Sweep {

  private static final Duration BATCH_KEPT = Duration.ofDays(30);
  private static final Duration CLAIM_KEPT = Duration.ofDays(1);

  /** No upload takes so long. */
  private static final Duration WRITING_KEPT = Duration.ofDays(1);

  private final ObjectStore objects;
  private final FileStore files;

  public Sweep(ObjectStore objects, FileStore files) {
    this.objects = objects;
    this.files = files;
  }

  /** One round. */
  public void run(Instant now) throws IOException, InterruptedException {
    List<GatewayObject> over = objects.all().filter(each -> isOver(each, now)).toList();
    if (over.isEmpty()) {
      return;
    }
    // What a file has is the file's, though a part or a note of its writing is left.
    Set<String> stored = over.stream().anyMatch(Sweep::needsStored) ? stored() : Set.of();
    for (GatewayObject each : over) {
      switch (each.getObject()) {
        case GatewayFile file -> {
          objects.remove(key(each));
          files.delete(file);
        }
        case GatewayPart part -> {
          objects.remove(key(each));
          if (!stored.contains(part.getStored().getName())) {
            files.delete(part.getStored());
          }
        }
        case GatewayBatch _ -> {
          objects.remove(key(each));
          objects.remove(new ObjectKey(each.getTenant(), each.getId() + Batches.CANCEL));
          objects.remove(new ObjectKey(each.getTenant(), each.getId() + Batches.DELETED));
        }
        case GatewayWriting writing -> {
          if (!stored.contains(writing.getName()) && !isOfPart(writing.getName())) {
            files.sweep(writing, each.getCreatedAt(), each.getCreatedAt().plus(WRITING_KEPT));
          }
          objects.remove(key(each));
        }
        default -> objects.remove(key(each));
      }
    }
  }

  private boolean isOver(GatewayObject object, Instant now) {
    return switch (object.getObject()) {
      case GatewayFile file -> file.getExpiresAt() != null && !file.getExpiresAt().isAfter(now);
      case GatewayUpload upload -> !upload.getExpiresAt().isAfter(now);
      case GatewayPart part -> isGone(object.getTenant(), part.getUploadId());
      case GatewayBatch batch ->
          Batches.isOver(batch) && !batch.getExpiresAt().plus(BATCH_KEPT).isAfter(now);
      case GatewayClaim _ -> !object.getCreatedAt().plus(CLAIM_KEPT).isAfter(now);
      case GatewayWriting _ -> !object.getCreatedAt().plus(WRITING_KEPT).isAfter(now);
      default -> false;
    };
  }

  private boolean isGone(String tenant, String upload) {
    return objects.known(new ObjectKey(tenant, upload)).isEmpty();
  }

  private static boolean needsStored(GatewayObject object) {
    return object.getObject() instanceof GatewayWriting
        || object.getObject() instanceof GatewayPart;
  }

  private boolean isOfPart(String name) {
    return objects
        .all()
        .anyMatch(
            each ->
                each.getObject() instanceof GatewayPart part
                    && part.getStored().getName().equals(name));
  }

  /** Names of all that files have. */
  private Set<String> stored() throws InterruptedException {
    objects.catchUp();
    Set<String> names = new HashSet<>();
    objects
        .all()
        .forEach(
            each -> {
              if (each.getObject() instanceof GatewayFile file) {
                names.add(file.getStored().getName());
                file.getFurther().stream().map(StoredBytes::getName).forEach(names::add);
              }
            });
    return names;
  }

  private static ObjectKey key(GatewayObject object) {
    return new ObjectKey(object.getTenant(), object.getId());
  }
}
