package dev.offpeak.ledger.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.offpeak.ledger.config.DatabaseConfig;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** A database with the ledger's tables, brought to what this version needs when it is opened. */
public final class LedgerDatabase implements AutoCloseable {

  private static final String FOLDER = "file:";
  private static final String AS_POSTGRES =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;TIME ZONE=UTC";
  private static final int CONNECTIONS_HERE = 8;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private LedgerDatabase(HikariConfig settings) {
    settings.setPoolName("ledger");
    settings.setMinimumIdle(1);
    pool = new HikariDataSource(settings);
    try {
      migrate(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    jdbi = Jdbi.create(pool);
  }

  /** The one that the settings name. */
  public static LedgerDatabase open(DatabaseConfig config) {
    if (config.url().startsWith(FOLDER)) {
      return inFolder(Path.of(config.url().substring(FOLDER.length())));
    }
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(config.url());
    settings.setMaximumPoolSize(config.connections());
    if (config.user() != null) {
      settings.setUsername(config.user());
    }
    if (config.password() != null) {
      settings.setPassword(config.password().reveal());
    }
    return new LedgerDatabase(settings);
  }

  /** One of this process alone, in files of that folder. */
  public static LedgerDatabase inFolder(Path folder) {
    String path = folder.resolve("ledger").toAbsolutePath().toString().replace(";", "\\;");
    return embedded("jdbc:h2:file:" + path + ";DB_CLOSE_ON_EXIT=FALSE");
  }

  /** One that is gone when it is closed. */
  public static LedgerDatabase inMemory() {
    return embedded("jdbc:h2:mem:" + UUID.randomUUID());
  }

  private static LedgerDatabase embedded(String url) {
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(url + AS_POSTGRES);
    settings.setMaximumPoolSize(CONNECTIONS_HERE);
    return new LedgerDatabase(settings);
  }

  private static void migrate(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:dev/offpeak/ledger/migration")
        .table("ledger_schema")
        // Parts of the ledger have tables of their own, which do not depend on each other.
        .outOfOrder(true)
        .load()
        .migrate();
  }

  /** How it is asked. */
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    pool.close();
  }
}
