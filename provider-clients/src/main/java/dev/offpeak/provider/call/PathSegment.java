package dev.offpeak.provider.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Ids in URLs. */
public final class PathSegment {

  private PathSegment() {}

  /** One segment of a path or value of a query, whatever a provider's id may hold. */
  public static String of(String id) {
    String encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
    // A segment of dots only would be a way to another folder.
    return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
  }
}
