package dev.offpeak.operations.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.QuotaUnitName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaTextTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final QuotaScope GPT = new QuotaScope(Provider.OPENAI, "main", "gpt-4o-mini");
  private static final QuotaScope CLAUDE = new QuotaScope(Provider.ANTHROPIC, "lab", "");

  /** 8,000 bytes are guessed at 2,000 tokens, and known to have 4,000. */
  private final Quota taught =
      Quota.of(
          GPT,
          List.of(
              job(GPT, JobStateName.SUBMITTED),
              job(GPT, JobStateName.SEALED),
              job(GPT, JobStateName.UPLOADING),
              job(GPT, JobStateName.ENDED)),
          lessons(null));

  private final Quota untaught =
      Quota.of(CLAUDE, List.of(job(CLAUDE, JobStateName.QUARANTINED)), null);

  @Test
  void usesAndLimitsAreCountedInTheProvidersUnit() {
    assertThat(QuotaText.of(List.of(untaught, taught), T))
        .isEqualTo(
            """
            account model                         unit          in flight        waiting          limit  bytes/token
            lab                                   requests             10              0              -            -
            main gpt-4o-mini                      tokens            8,000          4,000         90,000         2.00
                learned 90,000 from a refusal at 100,000; nothing is submitted until 2026-11-24T12:01:00Z
            2 quotas
            """);
  }

  @Test
  void aPauseThatIsOverIsNotToldAndTheSmallerLimitHolds() {
    QuotaRecord configured = lessons(50_000L);

    String text = QuotaText.of(List.of(Quota.of(GPT, List.of(), configured)), T.plusSeconds(60));

    assertThat(text).contains("50,000").contains("a refusal at 100,000\n");
  }

  @Test
  void aProgramGetsTheSame() {
    assertThat(JobsJson.of(taught))
        .isEqualTo(
            "{\"provider\":\"openai\",\"account\":\"main\",\"model\":\"gpt-4o-mini\","
                + "\"unit\":\"tokens\",\"in_flight\":8000,\"waiting\":4000,\"limit\":90000,"
                + "\"configured_limit\":null,\"learned_limit\":90000,\"refused_at\":100000,"
                + "\"paused_until\":\"2026-11-24T12:01:00Z\",\"bytes_per_token\":2.0,"
                + "\"updated_at\":\"2026-11-24T12:00:00Z\"}");
    assertThat(JobsJson.of(untaught)).contains("\"limit\":null").contains("\"in_flight\":10");
  }

  private static QuotaRecord lessons(@Nullable Long configured) {
    return QuotaRecord.newBuilder()
        .setScope(GPT.id())
        .setProvider("openai")
        .setAccount("main")
        .setAccountDigest("digest")
        .setModel("gpt-4o-mini")
        .setUnit(QuotaUnitName.TOKENS)
        .setConfiguredLimit(configured)
        .setLearnedLimit(90_000L)
        .setRefusedSum(100_000L)
        .setPatience(2)
        .setCredit(0)
        .setRefusals(1)
        .setPausedUntil(T.plusSeconds(60))
        .setReportedBytes(2_000_000.0)
        .setReportedTokens(1_000_000.0)
        .setUpdatedAt(T)
        .build();
  }

  private static JobRecord job(QuotaScope scope, JobStateName state) {
    return JobRecord.newBuilder()
        .setBatchId("b")
        .setBatchOffset(0)
        .setScope(scope.id())
        .setLane("lane")
        .setProvider(scope.provider().id())
        .setAccount(scope.account())
        .setEndpoint("/v1/chat/completions")
        .setModel(scope.model())
        .setRequests(10)
        .setBytes(8_000)
        .setEstimatedTokens(2_000)
        .setSealedAt(T)
        .setState(state)
        .setSince(T)
        .build();
  }
}
