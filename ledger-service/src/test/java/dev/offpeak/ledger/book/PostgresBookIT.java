package dev.offpeak.ledger.book;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.offpeak.ledger.config.DatabaseConfig;
import dev.offpeak.ledger.database.LedgerDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** In PostgreSQL itself, where its binaries run: they are of one system, and start as no root. */
class PostgresBookIT extends BookContract {

  private static @Nullable EmbeddedPostgres postgres;
  private static int databases;

  @BeforeAll
  static void startPostgres() {
    try {
      postgres = EmbeddedPostgres.builder().start();
    } catch (IOException | IllegalStateException e) {
      abort("PostgreSQL does not run here: " + e);
    }
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  LedgerDatabase open() throws SQLException {
    if (postgres == null) {
      return abort("PostgreSQL does not run here");
    }
    String name = "ledger" + databases++;
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var create = connection.createStatement()) {
      create.execute("CREATE DATABASE " + name);
    }
    return LedgerDatabase.open(
        new DatabaseConfig(postgres.getJdbcUrl("postgres", name), null, null, 2));
  }
}
