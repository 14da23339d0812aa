package dev.offpeak.operations.audit;

/**
 * What the audit needs of an outcome.
 *
 * @param tenant who pays
 * @param partition of the request's record in llm.requests; negative when it has none
 * @param offset of the request's record in llm.requests
 */
record AuditedOutcome(String tenant, int partition, long offset) {}
