package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.budget.Purse;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.schemas.avro.GatewayFile;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sets money aside for the lines of files. */
public record FilePurse(Purse purse, FileStore files) {

  /**
   * For a batch of that file.
   *
   * @param model of lines that name none; null for none
   * @throws dev.offpeak.ingest.http.ApiException when it does not suffice
   */
  void reserve(
      String batch, Caller caller, ServerRequest request, @Nullable String model, GatewayFile file)
      throws InterruptedException {
    try {
      purse.reserve(
          batch,
          caller,
          RecordStamp.spender(name -> request.headers().first(HeaderNames.create(name)), caller),
          model,
          file.getBytes(),
          () -> files.open(file, 0));
    } catch (IOException e) {
      throw new KafkaException("the input file could not be read", e);
    }
  }
}
