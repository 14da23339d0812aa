package dev.offpeak.submitter.quota;

import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.core.quota.BytesPerToken;
import dev.offpeak.core.quota.LearnedLimit;
import dev.offpeak.core.quota.QuotaLessons;
import dev.offpeak.core.quota.QuotaPolicy;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.QuotaUnitName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What providers have taught as records of llm.quotas, and back. */
public final class QuotaRecords {

  private QuotaRecords() {}

  /** The record of a scope. */
  public static QuotaRecord of(KnownQuota quota, QuotaPolicy policy, Instant now) {
    LearnedLimit limit = quota.lessons().limit();
    BytesPerToken bytes = quota.lessons().bytesPerToken();
    QuotaScope scope = quota.scope();
    return QuotaRecord.newBuilder()
        .setScope(scope.id())
        .setProvider(scope.provider().id())
        .setAccount(scope.account())
        .setAccountDigest(quota.accountDigest())
        .setModel(scope.model())
        .setUnit(QuotaUnitName.valueOf(policy.unit().name()))
        .setConfiguredLimit(configured(policy))
        .setLearnedLimit(limit.isLearned() ? limit.limit() : null)
        .setRefusedSum(limit.isLearned() ? limit.ceiling() : null)
        .setPatience(limit.patience())
        .setCredit(limit.credit())
        .setRefusals(limit.refusals())
        .setPausedUntil(limit.pausedUntil().equals(Instant.EPOCH) ? null : limit.pausedUntil())
        .setReportedBytes(bytes == null ? null : bytes.bytes())
        .setReportedTokens(bytes == null ? null : bytes.tokens())
        .setUpdatedAt(now)
        .build();
  }

  private static @Nullable Long configured(QuotaPolicy policy) {
    long none =
        switch (policy.unit()) {
          case TOKENS -> Long.MAX_VALUE;
          case REQUESTS -> Integer.MAX_VALUE;
        };
    return policy.configured() == none ? null : policy.configured();
  }

  /** What a record says. */
  public static KnownQuota read(QuotaRecord record) {
    Long learned = record.getLearnedLimit();
    Long refused = record.getRefusedSum();
    Instant paused = record.getPausedUntil();
    LearnedLimit limit =
        new LearnedLimit(
            learned == null ? LearnedLimit.NONE.limit() : learned,
            refused == null ? LearnedLimit.NONE.ceiling() : refused,
            record.getPatience(),
            record.getCredit(),
            record.getRefusals(),
            paused == null ? Instant.EPOCH : paused);
    return new KnownQuota(
        QuotaScope.parse(record.getScope()),
        record.getAccountDigest(),
        new QuotaLessons(
            limit, BytesPerToken.recorded(record.getReportedBytes(), record.getReportedTokens())));
  }
}
