package dev.offpeak.runtime.config.load;

import dev.offpeak.runtime.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Fetches secrets from where the configuration says they are. */
final class SecretReader {

  private static final String FORMS = "must be env:NAME or file:/path, never the secret itself";

  private final EnvironmentOverrides environment;

  SecretReader(EnvironmentOverrides environment) {
    this.environment = environment;
  }

  /** The reference that a node holds, in the form {@code env:NAME} or {@code file:/path}. */
  static String reference(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar(var text)) {
      return text;
    }
    if (node instanceof ConfigNode.Mapping(var entries) && entries.size() == 1) {
      var entry = entries.entrySet().iterator().next();
      if (entry.getValue() instanceof ConfigNode.Scalar(var text)) {
        return entry.getKey() + ":" + text;
      }
    }
    throw new IllegalArgumentException(FORMS);
  }

  /**
   * The secret that a reference names.
   *
   * @throws IllegalArgumentException when it is not a reference, or names nothing; the message does
   *     not contain the text, which may be a secret put there by mistake
   */
  Secret read(String reference) {
    var colon = reference.indexOf(':');
    var name = reference.substring(colon + 1).strip();
    return switch (reference.substring(0, Math.max(colon, 0))) {
      case "env" -> fromEnvironment(name);
      case "file" -> fromFile(name);
      default -> throw new IllegalArgumentException(FORMS);
    };
  }

  private Secret fromEnvironment(String name) {
    var value = environment.lookUp(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("needs the environment variable " + name + ", not set");
    }
    return new Secret("env:" + name, value.strip());
  }

  private static Secret fromFile(String name) {
    try {
      return new Secret("file:" + name, Files.readString(Path.of(name)).strip());
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("needs the file " + name + ", which cannot be read", e);
    }
  }
}
