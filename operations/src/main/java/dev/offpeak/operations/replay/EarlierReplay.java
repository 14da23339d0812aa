package dev.offpeak.operations.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What stands in llm.requests with a replay's id already: it is not sent again. */
final class EarlierReplay {

  private final RequestDecoder decoder;
  private final String replayId;
  private final ReplayIdentities sent = new ReplayIdentities();

  EarlierReplay(RequestDecoder decoder, String replayId) {
    this.decoder = decoder;
    this.replayId = replayId;
  }

  /** Looks at a record of llm.requests. */
  void see(ConsumerRecord<byte[], byte[]> record) {
    if (!mayBeOfIt(record)) {
      return;
    }
    RequestDecoding decoded = decoder.decode(record.value(), record.headers());
    if (decoded instanceof Decoded request && request.replayId().equals(replayId)) {
      sent.add(request);
    }
  }

  /** Only Avro must be read to know; of JSON a header says it. */
  private boolean mayBeOfIt(ConsumerRecord<byte[], byte[]> record) {
    if (record.value().length > 0 && record.value()[0] == 0) {
      return true;
    }
    Header header = record.headers().lastHeader(OffpeakHeaders.REPLAY_ID);
    return header != null && Arrays.equals(header.value(), replayId.getBytes(UTF_8));
  }

  /** What was sent. */
  ReplayIdentities sent() {
    return sent;
  }
}
