package dev.offpeak.submitter.ledger;

import dev.offpeak.schemas.avro.QuotaRecord;

/** What the owner of a partition records at once, all or nothing. */
public sealed interface JobLedgerEntry permits JobEntry, JobLedgerEntry.Taught {

  /** What a provider has taught of a quota scope. */
  record Taught(QuotaRecord quota) implements JobLedgerEntry {}
}
