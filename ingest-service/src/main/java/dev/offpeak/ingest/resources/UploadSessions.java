package dev.offpeak.ingest.resources;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Files that come in pieces, each of which any replica may take. A piece is named by where it
 * begins, so that one that is sent again is the same.
 */
public final class UploadSessions {

  private static final String BEGINS = "session-";
  private static final int SECRET_BYTES = 16;
  private static final Duration LIFE = Duration.ofDays(1);

  /** As long as Gemini keeps a file. */
  private static final Duration FILE_LIFE = Duration.ofDays(2);

  private final ObjectStore objects;
  private final FileStore files;
  private final ObjectIds ids;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public UploadSessions(ObjectStore objects, FileStore files, ObjectIds ids, Clock clock) {
    this.objects = objects;
    this.files = files;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @param bytes that will come; negative when that is not said
   */
  GatewayObject begin(String tenant, UploadStart start, String mimeType, long bytes)
      throws InterruptedException {
    String file = start.id().isEmpty() ? ids.next("file-") : start.id();
    if (objects.find(new ObjectKey(tenant, file)).isPresent()) {
      throw new ApiException(
          new ApiError(409, "already_exists", "There is a file files/" + file + " already."));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    Instant now = clock.instant();
    GatewayObject upload =
        GatewayObject.newBuilder()
            .setTenant(tenant)
            .setId(BEGINS + file + "." + HexFormat.of().formatHex(secret))
            .setCreatedAt(now)
            .setObject(
                GatewayUpload.newBuilder()
                    .setFilename(start.displayName())
                    .setPurpose("batch")
                    .setMimeType(mimeType)
                    .setBytes(bytes)
                    .setStatus(GatewayUploadStatus.PENDING)
                    .setExpiresAt(now.plus(LIFE))
                    .setFileLife(FILE_LIFE.toSeconds())
                    .build())
            .build();
    objects.put(upload);
    return upload;
  }

  /** One that is not over. */
  Optional<GatewayObject> find(ObjectKey key) throws InterruptedException {
    return key.id().startsWith(BEGINS)
        ? objects
            .find(key)
            .filter(
                each ->
                    each.getObject() instanceof GatewayUpload upload
                        && upload.getStatus() != GatewayUploadStatus.CANCELLED
                        && upload.getExpiresAt().isAfter(clock.instant()))
        : Optional.empty();
  }

  /** Takes a piece; one that is there already is thrown away. */
  void take(GatewayObject upload, long offset, FileStore.Finished piece)
      throws InterruptedException {
    long received = received(upload);
    long announced = ((GatewayUpload) upload.getObject()).getBytes();
    boolean isNext = offset == received && !isComplete(upload);
    boolean fits = announced < 0 || offset + piece.bytes() <= announced;
    if (!isNext || !fits || piece.bytes() == 0) {
      files.delete(piece.stored());
    }
    if (offset > received || !fits) {
      throw Names.bad(
          "a piece of "
              + piece.bytes()
              + " bytes at "
              + offset
              + " does not follow on "
              + received
              + (announced < 0 ? "" : " of " + announced)
              + " bytes");
    }
    if (isNext && piece.bytes() > 0) {
      objects.put(
          GatewayObject.newBuilder()
              .setTenant(upload.getTenant())
              .setId(part(upload, offset).id())
              .setCreatedAt(clock.instant())
              .setObject(
                  GatewayPart.newBuilder()
                      .setUploadId(upload.getId())
                      .setBytes(piece.bytes())
                      .setSha256(piece.sha256())
                      .setStored(piece.stored())
                      .build())
              .build());
    }
  }

  private static ObjectKey part(GatewayObject upload, long offset) {
    return new ObjectKey(upload.getTenant(), upload.getId() + "." + offset);
  }

  private static boolean isComplete(GatewayObject upload) {
    return ((GatewayUpload) upload.getObject()).getFileId() != null;
  }

  /** Bytes that have come without a gap. */
  long received(GatewayObject upload) throws InterruptedException {
    return isComplete(upload)
        ? ((GatewayUpload) upload.getObject()).getBytes()
        : parts(upload).stream().mapToLong(GatewayPart::getBytes).sum();
  }

  private List<GatewayPart> parts(GatewayObject upload) throws InterruptedException {
    objects.catchUp();
    List<GatewayPart> parts = new ArrayList<>();
    long offset = 0;
    Optional<GatewayObject> next = objects.known(part(upload, offset));
    while (next.isPresent() && next.get().getObject() instanceof GatewayPart part) {
      parts.add(part);
      offset += part.getBytes();
      next = objects.known(part(upload, offset));
    }
    return parts;
  }

  /** Makes the file, or finds it when it was made before. */
  GatewayObject finish(GatewayObject upload) throws InterruptedException {
    GatewayUpload about = (GatewayUpload) upload.getObject();
    String file = fileId(upload);
    if (isComplete(upload)) {
      return objects.find(new ObjectKey(upload.getTenant(), file)).orElseThrow(Names::notFound);
    }
    List<GatewayPart> parts = parts(upload);
    long bytes = parts.stream().mapToLong(GatewayPart::getBytes).sum();
    if (about.getBytes() >= 0 && bytes != about.getBytes()) {
      throw Names.bad(bytes + " of " + about.getBytes() + " bytes have come");
    }
    GatewayObject made = file(upload, about, parts, bytes);
    objects.put(made);
    objects.put(
        GatewayObject.newBuilder(upload)
            .setObject(
                GatewayUpload.newBuilder(about)
                    .setStatus(GatewayUploadStatus.COMPLETED)
                    // Pieces of an upload that is gone are taken away, and these are the file's.
                    .setExpiresAt(((GatewayFile) made.getObject()).getExpiresAt())
                    .setBytes(bytes)
                    .setFileId(file)
                    .build())
            .build());
    forgetParts(upload, parts);
    return made;
  }

  private static String fileId(GatewayObject upload) {
    String id = upload.getId();
    return id.substring(BEGINS.length(), id.lastIndexOf('.'));
  }

  private GatewayObject file(
      GatewayObject upload, GatewayUpload about, List<GatewayPart> parts, long bytes)
      throws InterruptedException {
    List<StoredBytes> stored = new ArrayList<>();
    parts.forEach(each -> stored.add(each.getStored()));
    String digest = parts.size() == 1 ? parts.getFirst().getSha256() : "";
    if (stored.isEmpty()) {
      stored.add(nothing());
    }
    Instant now = clock.instant();
    return GatewayObject.newBuilder()
        .setTenant(upload.getTenant())
        .setId(fileId(upload))
        .setCreatedAt(now)
        .setObject(
            GatewayFile.newBuilder()
                .setFilename(about.getFilename())
                .setPurpose(about.getPurpose())
                .setMimeType(about.getMimeType().isEmpty() ? null : about.getMimeType())
                .setBytes(bytes)
                .setSha256(digest)
                .setExpiresAt(now.plusSeconds(about.getFileLife()))
                .setStored(stored.getFirst())
                .setFurther(stored.subList(1, stored.size()))
                .build())
        .build();
  }

  private StoredBytes nothing() throws InterruptedException {
    try (FileStore.Writing empty = files.begin()) {
      return empty.finish().stored();
    } catch (IOException e) {
      throw new ApiException(
          new ApiError(503, "kafka_unavailable", "the file could not be stored"));
    }
  }

  private void forgetParts(GatewayObject upload, List<GatewayPart> parts)
      throws InterruptedException {
    long offset = 0;
    for (GatewayPart part : parts) {
      objects.delete(part(upload, offset));
      offset += part.getBytes();
    }
  }

  /** Throws away what has come. */
  void cancel(GatewayObject upload) throws InterruptedException {
    if (isComplete(upload)) {
      throw Names.bad("the upload is complete: delete the file");
    }
    List<GatewayPart> parts = parts(upload);
    objects.put(
        GatewayObject.newBuilder(upload)
            .setObject(
                GatewayUpload.newBuilder((GatewayUpload) upload.getObject())
                    .setStatus(GatewayUploadStatus.CANCELLED)
                    .build())
            .build());
    parts.forEach(each -> files.delete(each.getStored()));
    forgetParts(upload, parts);
  }
}
