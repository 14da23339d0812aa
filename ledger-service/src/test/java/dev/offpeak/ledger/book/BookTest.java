package dev.offpeak.ledger.book;

import dev.offpeak.ledger.database.LedgerDatabase;

/** In the database of one process. */
class BookTest extends BookContract {

  @Override
  LedgerDatabase open() {
    return LedgerDatabase.inMemory();
  }
}
