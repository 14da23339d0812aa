package dev.offpeak.ledger.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An address, or all that begin with the same bits. */
public final class Network {

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * One that is written so: {@code 127.0.0.1}, {@code 10.0.0.0/8}, {@code ::1}.
   *
   * @throws IllegalArgumentException when it is not; names are not asked for
   */
  public static Network parse(String text) {
    String[] parts = text.split("/", 2);
    try {
      if (!parts[0].matches("[0-9a-fA-F:.]+") || !parts[0].matches(".*[:.].*")) {
        throw new UnknownHostException(text);
      }
      byte[] address = InetAddress.getByName(parts[0]).getAddress();
      int all = address.length * Byte.SIZE;
      int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
      if (bits < 0 || bits > all) {
        throw new UnknownHostException(text);
      }
      return new Network(address, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address; it must look like 127.0.0.1 or 10.0.0.0/8", e);
    }
  }

  /** Whether that address is in it. */
  public boolean has(InetAddress other) {
    byte[] bytes = other.getAddress();
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return bytes.length == address.length
        && Arrays.equals(bytes, 0, whole, address, 0, whole)
        && (rest == 0 || (bytes[whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0);
  }
}
