/** What records become in the database, each once. */
@NullMarked
package dev.offpeak.ledger.book;

import org.jspecify.annotations.NullMarked;
