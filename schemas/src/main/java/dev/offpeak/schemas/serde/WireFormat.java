package dev.offpeak.schemas.serde;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;

/** The five bytes before the Avro binary. */
final class WireFormat {

  static final int HEADER_LENGTH = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  static byte[] header(int schemaId) {
    return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(schemaId).array();
  }

  /**
   * The id of the schema that a value was written with.
   *
   * @throws SerializationException when the value has another format
   */
  static int schemaId(String topic, byte[] value) {
    if (value.length < HEADER_LENGTH) {
      throw new SerializationException(
          "a value of "
              + topic
              + " has "
              + value.length
              + " bytes; Avro in the Confluent wire format has at least "
              + HEADER_LENGTH);
    }
    if (value[0] != MAGIC) {
      throw new SerializationException(
          "a value of "
              + topic
              + " begins with byte 0x"
              + HexFormat.of().toHexDigits(value[0])
              + "; Avro in the Confluent wire format begins with 0x00");
    }
    return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
  }
}
