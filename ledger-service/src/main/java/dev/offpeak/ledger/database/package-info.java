/** The database: PostgreSQL, or one in a file or in memory, by the same SQL. */
@NullMarked
package dev.offpeak.ledger.database;

import org.jspecify.annotations.NullMarked;
