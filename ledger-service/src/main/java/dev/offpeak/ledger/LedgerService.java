package dev.offpeak.ledger;

import dev.offpeak.ledger.console.ConsoleServer;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Follower;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.proof.BillFetcher;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows the topics and serves the console. It may lag; nobody waits for it, and what is away is
 * waited for, not failed for.
 */
public final class LedgerService implements Service {

  private static final Duration TO_STOP = Duration.ofSeconds(20);

  private final LedgerDatabase database;
  private final SerdeFactory serdes;
  private final Follower follower;
  private final BillFetcher bills;
  private final ConsoleServer console;
  private @Nullable Thread reading;
  private @Nullable Thread asking;

  LedgerService(
      LedgerDatabase database,
      SerdeFactory serdes,
      Follower follower,
      BillFetcher bills,
      ConsoleServer console) {
    this.database = database;
    this.serdes = serdes;
    this.follower = follower;
    this.bills = bills;
    this.console = console;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public void start() {
    reading = Thread.ofPlatform().name("ledger-follower").daemon().start(follower);
    asking = Thread.ofPlatform().name("ledger-bills").daemon().start(bills);
    console.start();
  }

  /** The port of the console, once it is started. */
  public int port() {
    return console.port();
  }

  /** How far it has read. */
  public Standing standing() {
    return follower.standing();
  }

  @Override
  public void close() {
    console.close();
    follower.stop();
    bills.stop();
    try {
      if (reading != null) {
        reading.join(TO_STOP);
      }
      if (asking != null) {
        asking.join(TO_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    serdes.close();
    database.close();
  }
}
