package dev.offpeak.submitter.quota;

import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.core.quota.QuotaLessons;

/**
 * What is known of a quota scope.
 *
 * @param accountDigest of the account that has taught it
 */
public record KnownQuota(QuotaScope scope, String accountDigest, QuotaLessons lessons) {}
