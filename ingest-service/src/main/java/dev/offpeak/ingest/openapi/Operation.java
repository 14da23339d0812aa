package dev.offpeak.ingest.openapi;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation, as it is described.
 *
 * @param method for instance {@code POST}
 * @param path with its parameters in braces
 * @param api whose it is
 * @param summary what it does
 * @param takes the type of its body, null when it has none
 * @param gives the type of what comes back
 * @param query its parameters
 */
record Operation(
    String method,
    String path,
    String api,
    String summary,
    @Nullable String takes,
    String gives,
    List<String> query) {

  static final String JSON = "application/json";
  static final String LINES = "application/x-ndjson";

  private static final Pattern NOT_OF_A_NAME = Pattern.compile("[^A-Za-z0-9]+");

  static Operation get(String path, String api, String summary, String... query) {
    return new Operation("GET", path, api, summary, null, JSON, List.of(query));
  }

  static Operation delete(String path, String api, String summary) {
    return new Operation("DELETE", path, api, summary, null, JSON, List.of());
  }

  static Operation post(String path, String api, String summary) {
    return new Operation("POST", path, api, summary, JSON, JSON, List.of());
  }

  /** The same without a body. */
  Operation ofNothing() {
    return new Operation(method, path, api, summary, null, gives, query);
  }

  Operation taking(String type) {
    return new Operation(method, path, api, summary, type, gives, query);
  }

  Operation giving(String type) {
    return new Operation(method, path, api, summary, takes, type, query);
  }

  /** A name that no other operation has. */
  String id() {
    return NOT_OF_A_NAME.matcher(method.toLowerCase(Locale.ROOT) + path).replaceAll("_");
  }
}
