package dev.offpeak.provider.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** A request as the server saw it; header names in lower case. */
public final class Seen {

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private volatile byte[] body = new byte[0];

  Seen(String method, String target, Map<String, String> headers) {
    this.method = method;
    this.target = target;
    this.headers = headers;
  }

  /** Such as {@code GET /v1/files?limit=1}. */
  public String line() {
    return method + ' ' + target;
  }

  public String header(String name) {
    return headers.get(name);
  }

  public String body() {
    return new String(body, UTF_8);
  }

  public byte[] bytes() {
    return body;
  }

  void setBody(byte[] bytes) {
    body = bytes;
  }
}
