package dev.offpeak.ingest.line;

import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding;
import dev.offpeak.schemas.request.TakenUrls;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;

/**
 * Reads lines that come over HTTP, which are JSON: Avro's schema ids have no meaning outside the
 * producer's registry. Whether an account takes urls without version is for the batcher to say,
 * which knows the accounts.
 */
public final class JsonLines {

  private static final RequestDecoder DECODER =
      new RequestDecoder(
          (_, _) -> {
            throw new SerializationException("over HTTP only JSON lines are taken");
          },
          TakenUrls.BARE);

  private JsonLines() {}

  /**
   * What a line is.
   *
   * @param headers that its record will have
   */
  public static RequestDecoding decode(byte[] line, Headers headers) {
    return DECODER.decode(line, headers);
  }
}
