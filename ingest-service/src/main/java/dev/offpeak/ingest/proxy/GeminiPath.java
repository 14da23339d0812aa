package dev.offpeak.ingest.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.http.Dialect;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gemini's methods stand behind a colon in the last segment of the path. */
final class GeminiPath {

  private static final Pattern METHOD =
      Pattern.compile(
          "/v1(?:beta)?/((?:models|tunedModels)/([^/:]+)):(?:generateContent|streamGenerateContent"
              + "|countTokens|embedContent|batchEmbedContents)");

  private GeminiPath() {}

  /** The call of that path, when it is one that goes through. */
  static Optional<Call> of(String rawPath) {
    // SDKs may send the colon as it is or encoded.
    String path = rawPath.replace("%3A", ":").replace("%3a", ":");
    Matcher method = METHOD.matcher(path);
    if (!method.matches()) {
      return Optional.empty();
    }
    String name = method.group(1).startsWith("tuned") ? method.group(1) : method.group(2);
    return Optional.of(new Call(Dialect.GEMINI, path, URLDecoder.decode(name, UTF_8), null));
  }
}
