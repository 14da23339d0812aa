package dev.offpeak.ingest.files;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The files of users: whose one is not, it is not there for. */
public final class FileObjects {

  private final ObjectStore objects;
  private final FileStore files;
  private final Clock clock;

  public FileObjects(ObjectStore objects, FileStore files, Clock clock) {
    this.objects = objects;
    this.files = files;
    this.clock = clock;
  }

  /** A file of that tenant. */
  public Optional<GatewayObject> find(String tenant, String id) throws InterruptedException {
    return objects.find(new ObjectKey(tenant, id)).filter(this::isThere);
  }

  /** Those that a tenant has uploaded or got, the newest first. */
  public List<GatewayObject> of(String tenant) throws InterruptedException {
    return objects.of(tenant).stream()
        .filter(each -> isThere(each) && !each.getId().startsWith(Batches.INLINE))
        .toList();
  }

  private boolean isThere(GatewayObject object) {
    return object.getObject() instanceof GatewayFile file
        && (file.getExpiresAt() == null || file.getExpiresAt().isAfter(clock.instant()));
  }

  /** Hands out its bytes. */
  public void copy(GatewayObject object, OutputStream out) throws IOException {
    GatewayFile file = (GatewayFile) object.getObject();
    try (InputStream in = files.open(file, 0)) {
      in.transferTo(out);
    }
  }

  /**
   * Takes a file away.
   *
   * @throws ApiException while a batch reads it
   */
  public void delete(GatewayObject object) throws InterruptedException {
    requireUnused(object);
    objects.delete(new ObjectKey(object.getTenant(), object.getId()));
    GatewayFile file = (GatewayFile) object.getObject();
    files.delete(file);
  }

  /** Until all lines of a batch are fed its input is read. */
  private void requireUnused(GatewayObject file) {
    boolean isRead =
        objects.openBatches().stream()
            .filter(each -> each.getTenant().equals(file.getTenant()))
            .map(each -> (GatewayBatch) each.getObject())
            .anyMatch(
                batch ->
                    batch.getInputFileId().equals(file.getId())
                        && (batch.getStatus() == GatewayBatchStatus.VALIDATING
                            || batch.getFed() < batch.getLines()));
    if (isRead) {
      throw new ApiException(
          new ApiError(
              409,
              "file_in_use",
              "a batch is reading the file "
                  + file.getId()
                  + "; delete it when it is in progress"
                  + " as a whole, or cancel the batch"));
    }
  }
}
