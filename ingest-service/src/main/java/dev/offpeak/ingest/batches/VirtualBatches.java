package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayCancel;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayForm;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.request.OffpeakHeaders;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Batches of one of the APIs. All run alike; whose API made a batch decides how it is shown, and it
 * is there for the users of that API alone. They know it by an id without what ours begin with.
 */
public final class VirtualBatches {

  private static final String BEGINS = "batch_";
  private static final Duration INPUT_LIFE = Duration.ofDays(30);

  private final GatewayForm form;
  private final ObjectStore objects;
  private final Creates creates;
  private final FileStore files;
  private final FilePurse purse;
  private final ObjectIds ids;
  private final Clock clock;

  /**
   * What is asked for.
   *
   * @param endpoint of its lines
   * @param lines how many it has; 0 when that is not known yet
   * @param headers besides those that the request stands for
   * @param metadata of its own API
   * @param window how long it may take
   */
  public record Order(
      String endpoint,
      long lines,
      Map<String, String> headers,
      Map<String, String> metadata,
      Duration window) {}

  /** Those of that API. */
  public VirtualBatches(
      GatewayForm form,
      ObjectStore objects,
      Creates creates,
      FileStore files,
      FilePurse purse,
      ObjectIds ids,
      Clock clock) {
    this.form = form;
    this.objects = objects;
    this.creates = creates;
    this.files = files;
    this.purse = purse;
    this.ids = ids;
    this.clock = clock;
  }

  /** Makes a batch of lines that came with the call, or finds the one that it has made before. */
  public GatewayObject create(
      ServerRequest request, Caller caller, Order order, FileStore.Finished lines)
      throws InterruptedException {
    String input = ids.next(Batches.INLINE);
    Instant now = clock.instant();
    GatewayObject file =
        GatewayObject.newBuilder()
            .setTenant(caller.tenantOrDefault())
            .setId(input)
            .setCreatedAt(now)
            .setObject(
                GatewayFile.newBuilder()
                    .setFilename(input + ".jsonl")
                    .setPurpose("batch")
                    .setBytes(lines.bytes())
                    .setSha256(lines.sha256())
                    .setExpiresAt(now.plus(INPUT_LIFE))
                    .setStored(lines.stored())
                    .build())
            .build();
    Repeats asked = asked(request, caller, order, lines.sha256());
    GatewayObject made = make(request, caller, order, input, asked, () -> objects.put(file));
    if (!((GatewayBatch) made.getObject()).getInputFileId().equals(input)) {
      files.delete(lines.stored());
    }
    return made;
  }

  /** Makes a batch of the lines of a file, or finds the one that the call has made before. */
  public GatewayObject create(ServerRequest request, Caller caller, Order order, String file)
      throws InterruptedException {
    return make(request, caller, order, file, asked(request, caller, order, file), () -> {});
  }

  private Repeats asked(ServerRequest request, Caller caller, Order order, String input) {
    return Repeats.of(request, caller, form + "/batches", order + "\n" + input);
  }

  private void reserve(
      String id, Caller caller, ServerRequest request, @Nullable String model, String input)
      throws InterruptedException {
    GatewayObject object =
        objects.find(new ObjectKey(caller.tenantOrDefault(), input)).orElse(null);
    if (object != null && object.getObject() instanceof GatewayFile file) {
      purse.reserve(id, caller, request, model, file);
    }
  }

  private interface Before {
    void run() throws InterruptedException;
  }

  private GatewayObject make(
      ServerRequest request, Caller caller, Order order, String input, Repeats asked, Before before)
      throws InterruptedException {
    Map<String, String> headers = new HashMap<>();
    RecordStamp.of(name -> request.headers().first(HeaderNames.create(name)), caller)
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    headers.putAll(order.headers());
    String tenant = caller.tenantOrDefault();
    String id = ids.next(BEGINS);
    return creates.once(
        tenant,
        asked,
        id,
        () -> {
          before.run();
          reserve(id, caller, request, headers.get(OffpeakHeaders.MODEL), input);
          Instant now = clock.instant();
          return GatewayObject.newBuilder()
              .setTenant(tenant)
              .setId(id)
              .setCreatedAt(now)
              .setCreatedBy(asked.digest())
              .setObject(
                  GatewayBatch.newBuilder()
                      .setStatus(GatewayBatchStatus.VALIDATING)
                      .setForm(form)
                      .setEndpoint(order.endpoint())
                      .setInputFileId(input)
                      .setCompletionWindow(order.window().toHours() + "h")
                      .setExpiresAt(now.plus(order.window()))
                      .setMetadata(order.metadata())
                      .setHeaders(headers)
                      .setLines(order.lines())
                      .build())
              .build();
        });
  }

  /** What its users call it, without what ids of their API begin with. */
  public static String name(GatewayObject batch) {
    return batch.getId().substring(BEGINS.length());
  }

  /** The batch of that name: whose it is not, it is not there for. */
  public Optional<Shown> find(String tenant, String name) throws InterruptedException {
    Optional<GatewayObject> object = objects.find(new ObjectKey(tenant, BEGINS + name));
    return object.filter(this::isShown).map(this::shown);
  }

  /** Those of a tenant, the newest first. */
  public List<Shown> of(String tenant) throws InterruptedException {
    return objects.of(tenant).stream().filter(this::isShown).map(this::shown).toList();
  }

  private boolean isShown(GatewayObject object) {
    return object.getObject() instanceof GatewayBatch batch
        && batch.getForm() == form
        && objects.known(beside(object, Batches.DELETED)).isEmpty();
  }

  private Shown shown(GatewayObject object) {
    return new Shown(
        object,
        objects
            .known(beside(object, Batches.CANCEL))
            .map(GatewayObject::getCreatedAt)
            .orElse(null));
  }

  private static ObjectKey beside(GatewayObject object, String what) {
    return new ObjectKey(object.getTenant(), object.getId() + what);
  }

  /** Wishes that it be cancelled, if it is not over. */
  public Shown cancel(GatewayObject object) throws InterruptedException {
    if (!Batches.isOver((GatewayBatch) object.getObject())
        && objects.known(beside(object, Batches.CANCEL)).isEmpty()) {
      wish(object, Batches.CANCEL);
    }
    return shown(object);
  }

  private void wish(GatewayObject object, String what) throws InterruptedException {
    objects.put(
        GatewayObject.newBuilder()
            .setTenant(object.getTenant())
            .setId(object.getId() + what)
            .setCreatedAt(clock.instant())
            .setObject(GatewayCancel.newBuilder().setBatchId(object.getId()).build())
            .build());
  }

  /** Takes it away; one that runs on is shown no longer. */
  public void delete(GatewayObject object) throws InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    if (!Batches.isOver(batch)) {
      wish(object, Batches.DELETED);
      return;
    }
    objects.delete(new ObjectKey(object.getTenant(), object.getId()));
    objects.delete(beside(object, Batches.CANCEL));
    String input = batch.getInputFileId();
    deleteFile(object.getTenant(), input.startsWith(Batches.INLINE) ? input : null);
    deleteFile(object.getTenant(), batch.getOutputFileId());
    deleteFile(object.getTenant(), batch.getErrorFileId());
  }

  private void deleteFile(String tenant, @Nullable String id) throws InterruptedException {
    Optional<GatewayFile> file = file(tenant, id);
    if (id != null && file.isPresent()) {
      objects.delete(new ObjectKey(tenant, id));
      files.delete(file.get());
    }
  }

  private Optional<GatewayFile> file(String tenant, @Nullable String id)
      throws InterruptedException {
    return id == null
        ? Optional.empty()
        : objects
            .find(new ObjectKey(tenant, id))
            .map(GatewayObject::getObject)
            .filter(GatewayFile.class::isInstance)
            .map(GatewayFile.class::cast);
  }

  /** How many bytes its outcomes have. */
  public long outcomeBytes(GatewayObject object) throws InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    return file(object.getTenant(), batch.getOutputFileId()).map(GatewayFile::getBytes).orElse(0L)
        + file(object.getTenant(), batch.getErrorFileId()).map(GatewayFile::getBytes).orElse(0L);
  }

  /** Hands out its outcomes, in no order. */
  public void outcomes(GatewayObject object, OutcomeLine.Taker taker)
      throws IOException, InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    outcomes(object.getTenant(), batch.getOutputFileId(), false, taker);
    outcomes(object.getTenant(), batch.getErrorFileId(), true, taker);
  }

  private void outcomes(String tenant, @Nullable String id, boolean failed, OutcomeLine.Taker taker)
      throws IOException, InterruptedException {
    Optional<GatewayFile> file = file(tenant, id);
    if (file.isPresent()) {
      try (var in = files.open(file.get(), 0)) {
        OutcomeLine.read(in, failed, taker);
      }
    }
  }

  /** Hands out the lines that came with its create, in their order. */
  public void inline(GatewayObject object, LineTaker taker)
      throws IOException, InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    Optional<GatewayFile> file = file(object.getTenant(), batch.getInputFileId());
    if (file.isPresent()) {
      try (var in = files.open(file.get(), 0)) {
        OutcomeLine.lines(in, taker);
      }
    }
  }

  /** Does something with a line. */
  @FunctionalInterface
  public interface LineTaker {
    void take(byte[] line) throws IOException;
  }
}
