package dev.offpeak.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a registry, read from properties with Confluent's names.
 *
 * @param urls where it is, without credentials; asked in this order
 * @param authorization the header's value, or null
 * @param connectTimeout for a connection
 * @param readTimeout for an answer
 * @param normalize whether the registry is asked to compare schemas in their normal form
 * @param patience how long is waited for one schema that the registry does not tell
 */
record RegistrySettings(
    List<URI> urls,
    @Nullable String authorization,
    Duration connectTimeout,
    Duration readTimeout,
    boolean normalize,
    Duration patience) {

  static final String URL = "schema.registry.url";
  static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
  static final String USER_INFO = "basic.auth.user.info";
  static final String BEARER_TOKEN = "bearer.auth.token";
  static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
  static final String READ_TIMEOUT = "http.read.timeout.ms";
  static final String NORMALIZE = "normalize.schemas";
  static final String PATIENCE = "schema.patience.ms";

  /** Confluent's other name for the same keys; both are in use. */
  private static final String LONG_PREFIX = "schema.registry.";

  private static final String TEN_SECONDS = "10000";
  private static final String TWO_MINUTES = "120000";

  /** Never with credentials. */
  @Override
  public String toString() {
    return urls.toString();
  }

  static RegistrySettings of(Map<String, ?> properties) {
    var urls = new ArrayList<URI>();
    String inUrl = null;
    for (String part : urls(properties)) {
      URI url = url(part);
      inUrl = url.getUserInfo() == null ? inUrl : url.getUserInfo();
      urls.add(withoutUser(url));
    }
    return new RegistrySettings(
        List.copyOf(urls),
        authorization(properties, inUrl),
        millis(properties, CONNECT_TIMEOUT, TEN_SECONDS),
        millis(properties, READ_TIMEOUT, TEN_SECONDS),
        Boolean.parseBoolean(text(properties, NORMALIZE)),
        millis(properties, PATIENCE, TWO_MINUTES));
  }

  /** Every URL as it is written. */
  static List<String> urls(Map<String, ?> properties) {
    Object value = properties.get(URL);
    String all =
        value instanceof Iterable<?> list ? join(list) : value == null ? "" : value.toString();
    var urls = new ArrayList<String>();
    for (String part : all.split(",", -1)) {
      if (!part.isBlank()) {
        urls.add(part.strip());
      }
    }
    if (urls.isEmpty()) {
      throw new ConfigException(
          URL + " is not set; name the schema registry, for example http://localhost:8081");
    }
    return urls;
  }

  private static String join(Iterable<?> list) {
    var all = new ArrayList<String>();
    list.forEach(each -> all.add(String.valueOf(each)));
    return String.join(",", all);
  }

  private static URI url(String text) {
    String problem = "must be http://host:port or https://host:port, with a path where it has one";
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // The same problem, and its text could show a password.
    }
    throw new ConfigException(URL + " has an entry that " + problem);
  }

  private static URI withoutUser(URI url) {
    return url.getRawUserInfo() == null
        ? url
        : URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
  }

  private static @Nullable String authorization(Map<String, ?> properties, @Nullable String inUrl) {
    String token = text(properties, BEARER_TOKEN);
    if (!token.isEmpty()) {
      return "Bearer " + token;
    }
    String source = text(properties, CREDENTIALS_SOURCE).toUpperCase(Locale.ROOT);
    String configured = text(properties, USER_INFO);
    String user =
        switch (source) {
          case "" -> configured.isEmpty() ? inUrl : configured;
          case "URL" -> inUrl;
          case "USER_INFO" -> configured;
          default ->
              throw new ConfigException(
                  CREDENTIALS_SOURCE + " is " + source + "; it must be URL or USER_INFO");
        };
    if (user == null) {
      return null;
    }
    if (user.indexOf(':') < 1) {
      throw new ConfigException(USER_INFO + " must have the form user:password");
    }
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  private static Duration millis(Map<String, ?> properties, String key, String otherwise) {
    String text = text(properties, key);
    try {
      long millis = Long.parseLong(text.isEmpty() ? otherwise : text);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException _) {
      // The same problem.
    }
    throw new ConfigException(key + " is " + text + "; it must be a number of milliseconds over 0");
  }

  private static String text(Map<String, ?> properties, String key) {
    Object value = properties.get(key);
    if (value == null) {
      value = properties.get(LONG_PREFIX + key);
    }
    return value instanceof Password secret
        ? secret.value()
        : value == null ? "" : value.toString().strip();
  }
}
