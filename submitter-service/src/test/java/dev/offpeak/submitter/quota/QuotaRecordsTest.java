package dev.offpeak.submitter.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.quota.BytesPerToken;
import dev.offpeak.core.quota.LearnedLimit;
import dev.offpeak.core.quota.QuotaLessons;
import dev.offpeak.core.quota.QuotaPolicy;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.schemas.avro.QuotaRecord;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaRecordsTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final QuotaScope SCOPE =
      new QuotaScope(Provider.OPENAI, "main", "ft:gpt|odd name");

  @Test
  void whatWasLearnedComesBackAsItWas() {
    QuotaLessons lessons =
        new QuotaLessons(
            LearnedLimit.NONE.refused(900, 100, null, T).accepted(true),
            BytesPerToken.UNKNOWN.reported(1_000, 300));
    KnownQuota quota = new KnownQuota(SCOPE, "digest", lessons);

    QuotaRecord record = QuotaRecords.of(quota, policy(2_000, QuotaUnit.TOKENS), T);

    assertThat(QuotaRecords.read(record)).isEqualTo(quota);
    assertThat(record.getLearnedLimit()).isEqualTo(900);
    assertThat(record.getConfiguredLimit()).isEqualTo(2_000);
  }

  @Test
  void whatWasNotLearnedIsNotThere() {
    KnownQuota quota = new KnownQuota(SCOPE, "digest", QuotaLessons.NONE);

    QuotaRecord record = QuotaRecords.of(quota, policy(Long.MAX_VALUE, QuotaUnit.TOKENS), T);

    assertThat(QuotaRecords.read(record)).isEqualTo(quota);
    assertThat(record.getLearnedLimit()).isNull();
    assertThat(record.getPausedUntil()).isNull();
    assertThat(record.getReportedBytes()).isNull();
    assertThat(record.getConfiguredLimit()).as("no limit is configured").isNull();
  }

  private static QuotaPolicy policy(long tokens, QuotaUnit unit) {
    return new QuotaPolicy(
        new ProviderLimits(1, 1, 1, 1, tokens, 1, 1, 1, Duration.ofHours(24)), unit);
  }
}
