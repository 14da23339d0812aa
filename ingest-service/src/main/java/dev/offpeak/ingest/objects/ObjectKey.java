package dev.offpeak.ingest.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Whose object it is and which one. Nobody gets at one without naming its owner.
 *
 * @param tenant who owns it
 * @param id ours
 */
public record ObjectKey(String tenant, String id) {

  private static final char BETWEEN = '/';

  byte[] bytes() {
    return (id + BETWEEN + tenant).getBytes(UTF_8);
  }

  /** Ids hold no slash; tenants may. */
  static ObjectKey of(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int end = text.indexOf(BETWEEN);
    return new ObjectKey(text.substring(end + 1), text.substring(0, Math.max(0, end)));
  }
}
