package dev.offpeak.ingest.files;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayPart;
import dev.offpeak.schemas.avro.GatewayUpload;
import dev.offpeak.schemas.avro.GatewayUploadStatus;
import dev.offpeak.schemas.avro.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a file of the parts of an upload; their bytes stay where they are. */
final class Completion {

  private static final int PIECE = 64 * 1024;

  private final FileStore files;
  private final ObjectStore objects;
  private final Creates creates;
  private final ObjectIds ids;
  private final Clock clock;

  Completion(FileStore files, ObjectStore objects, Creates creates, ObjectIds ids, Clock clock) {
    this.files = files;
    this.objects = objects;
    this.creates = creates;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Completes an upload; made again, or twice at the same moment, it makes one file.
   *
   * @param order ids of parts
   * @param md5 of all bytes, when the client says it
   * @throws ApiException when parts are missing, or their bytes are not those that were said
   */
  GatewayObject of(
      GatewayObject upload, GatewayUpload about, List<String> order, @Nullable String md5)
      throws InterruptedException {
    String tenant = upload.getTenant();
    String id = ids.next("file-");
    // Two calls that complete it are equal, whichever order they name: the first one decides.
    Repeats call = new Repeats("complete " + upload.getId(), String.join(",", order), true, true);
    GatewayObject file = creates.once(tenant, call, id, () -> file(upload, about, id, order, md5));
    GatewayObject completed =
        with(
            upload,
            GatewayUpload.newBuilder(about)
                .setStatus(GatewayUploadStatus.COMPLETED)
                .setFileId(file.getId()));
    objects.put(completed);
    forgetParts(upload, Set.copyOf(order));
    return completed;
  }

  private GatewayObject file(
      GatewayObject upload,
      GatewayUpload about,
      String id,
      List<String> order,
      @Nullable String md5)
      throws InterruptedException {
    List<StoredBytes> pieces = new ArrayList<>();
    Set<String> named = new HashSet<>();
    long bytes = 0;
    for (String each : order) {
      GatewayPart part = part(upload, each);
      if (!named.add(each)) {
        throw Uploads.bad("part_ids names " + each + " twice", "part_ids");
      }
      bytes += part.getBytes();
      if (part.getBytes() > 0) {
        pieces.add(part.getStored());
      }
    }
    if (pieces.isEmpty() || bytes != about.getBytes()) {
      throw Uploads.bad(
          "the parts have "
              + bytes
              + " bytes; the upload was to have "
              + about.getBytes()
              + " (bytes)",
          "part_ids");
    }
    Instant now = clock.instant();
    GatewayFile file =
        GatewayFile.newBuilder()
            .setFilename(about.getFilename())
            .setPurpose(about.getPurpose())
            .setBytes(bytes)
            .setSha256("")
            .setExpiresAt(now.plusSeconds(about.getFileLife()))
            .setStored(pieces.getFirst())
            .setFurther(pieces.subList(1, pieces.size()))
            .build();
    requireSum(file, md5);
    return GatewayObject.newBuilder()
        .setTenant(upload.getTenant())
        .setId(id)
        .setCreatedAt(now)
        .setObject(file)
        .build();
  }

  private GatewayPart part(GatewayObject upload, String id) throws InterruptedException {
    return objects
        .find(new ObjectKey(upload.getTenant(), id))
        .map(GatewayObject::getObject)
        .filter(GatewayPart.class::isInstance)
        .map(GatewayPart.class::cast)
        .filter(part -> part.getUploadId().equals(upload.getId()))
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(
                        400,
                        "invalid_value",
                        "the upload " + upload.getId() + " has no part " + id,
                        "part_ids")));
  }

  private void requireSum(GatewayFile file, @Nullable String md5) {
    if (md5 == null) {
      return;
    }
    String found = md5(file);
    if (!found.equals(md5.strip().toLowerCase(Locale.ROOT))) {
      throw Uploads.bad("md5 of the parts in that order is " + found + ", not " + md5, "md5");
    }
  }

  /** OpenAI's API has it so; it is no matter of security here. */
  private String md5(GatewayFile file) {
    try (InputStream in = files.open(file, 0)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    } catch (IOException e) {
      throw new ApiException(
          new ApiError(503, "kafka_unavailable", "the parts can't be read: " + e.getMessage()));
    }
  }

  /** Gives an upload up, with all that has come of it. */
  GatewayObject cancel(GatewayObject upload, GatewayUpload about) throws InterruptedException {
    GatewayObject cancelled =
        with(upload, GatewayUpload.newBuilder(about).setStatus(GatewayUploadStatus.CANCELLED));
    objects.put(cancelled);
    forgetParts(upload, Set.of());
    return cancelled;
  }

  private static GatewayObject with(GatewayObject upload, GatewayUpload.Builder about) {
    return GatewayObject.newBuilder(upload).setObject(about.build()).build();
  }

  /**
   * Parts are no objects of their own any more.
   *
   * @param used those whose bytes are the file's
   */
  private void forgetParts(GatewayObject upload, Set<String> used) throws InterruptedException {
    for (GatewayObject each : objects.of(upload.getTenant())) {
      if (each.getObject() instanceof GatewayPart part
          && part.getUploadId().equals(upload.getId())) {
        objects.remove(new ObjectKey(each.getTenant(), each.getId()));
        if (!used.contains(each.getId())) {
          files.delete(part.getStored());
        }
      }
    }
  }
}
