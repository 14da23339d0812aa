package dev.offpeak.ingest.metering;

import dev.offpeak.ingest.auth.Spender;
import dev.offpeak.provider.account.Account;

/**
 * A call that is made at once.
 *
 * @param spender who pays
 * @param account that makes it
 * @param endpoint as requests of batches name it
 * @param model that was asked for
 * @param reason why it was not put into a batch
 */
public record LiveCall(
    Spender spender, Account account, String endpoint, String model, AtOnce reason) {}
