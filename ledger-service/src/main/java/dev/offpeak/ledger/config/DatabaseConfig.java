package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger keeps what it has read.
 *
 * @param url of JDBC: {@code jdbc:postgresql://host/offpeak}, or {@code file:FOLDER} for a database
 *     of this process alone
 * @param user null when the URL or the server needs none
 * @param password of the user
 * @param connections at most
 */
public record DatabaseConfig(
    String url, @Nullable String user, @Nullable Secret password, @Default("8") int connections) {

  public DatabaseConfig {
    if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("file:")) {
      throw new IllegalArgumentException(
          "url is '" + url + "'; it must begin with jdbc:postgresql: or with file:");
    }
    if (connections < 2) {
      throw new IllegalArgumentException(
          "connections is " + connections + "; it must be 2 or more: one writes, others read");
    }
  }
}
