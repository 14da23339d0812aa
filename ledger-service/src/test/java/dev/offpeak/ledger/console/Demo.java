package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.book.Records.batch;
import static dev.offpeak.ledger.book.Records.failure;
import static dev.offpeak.ledger.book.Records.job;
import static dev.offpeak.ledger.book.Records.result;
import static dev.offpeak.ledger.book.Records.tokens;
import static dev.offpeak.ledger.book.Records.usage;

import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Records;
import dev.offpeak.ledger.config.OutcomesConfig.Kept;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.QuotaUnitName;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.avro.UsageMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/**
 * Two weeks of a company that asks three providers, always the same: what pages are looked at with.
 */
final class Demo {

  static final Instant NOW = Instant.parse("2026-11-30T15:20:00Z");

  private static final List<Model> MODELS =
      List.of(
          new Model("openai", "openai", "/v1/chat/completions", "gpt-4o-mini", 75_000, 300_000),
          new Model("openai", "openai", "/v1/chat/completions", "gpt-5.4", 1_250_000, 7_500_000),
          new Model("openai", "openai", "/v1/embeddings", "text-embedding-3-large", 65_000, 0),
          new Model(
              "anthropic", "claude-eu", "/v1/messages", "claude-haiku-4-5", 500_000, 2_500_000),
          new Model("gemini", "google", "generateContent", "gemini-2.5-flash", 150_000, 1_250_000));
  private static final List<String[]> FEATURES =
      List.of(
          new String[] {"support", "ticket-tagging"},
          new String[] {"support", "reply-drafts"},
          new String[] {"search", "query-expansion"},
          new String[] {"catalogue", "descriptions"},
          new String[] {"catalogue", "translations"},
          new String[] {"risk", "review-summaries"});

  private final Random random = new Random(7);
  private final Records records;
  private final Book book;

  private record Model(
      String provider, String account, String endpoint, String name, long input, long output) {

    String lane() {
      return String.join("|", provider, account, endpoint, name);
    }

    String scope() {
      return String.join("|", provider, account, name);
    }
  }

  private Demo(LedgerDatabase database, Records records) {
    this.records = records;
    this.book = Book.of(database, records.topics(), records.serdes(), Kept.ALL);
    book.topics().forEach(topic -> book.place(new TopicPartition(topic, 0), 0));
  }

  /** Writes it into an empty ledger. */
  static void fill(LedgerDatabase database, Records records) {
    Demo demo = new Demo(database, records);
    demo.money();
    demo.jobs();
    demo.requests();
    demo.quotas();
  }

  private void quotas() {
    List<Object> quotas = new ArrayList<>();
    for (Model model : MODELS) {
      boolean tight = model.name().equals("gpt-5.4");
      quotas.add(
          QuotaRecord.newBuilder()
              .setScope(model.scope())
              .setProvider(model.provider())
              .setAccount(model.account())
              .setAccountDigest("d")
              .setModel(model.name())
              .setUnit(QuotaUnitName.TOKENS)
              .setConfiguredLimit(model.provider().equals("gemini") ? null : 5_000_000L)
              .setLearnedLimit(tight ? 1_300_000L : null)
              .setPatience(5)
              .setCredit(0)
              .setRefusals(tight ? 2 : 0)
              .setPausedUntil(tight ? NOW.plusSeconds(240) : null)
              .setUpdatedAt(NOW.minusSeconds(90))
              .build());
    }
    book.take(records.slice(records.topics().quotas().name(), 0, quotas.toArray()));
    book.take(
        records.slice(
            records.topics().control().name(),
            0,
            ControlRecord.newBuilder()
                .setAction(ControlAction.PAUSE)
                .setAccount("google")
                .setIssuedAt(NOW.minusSeconds(4000))
                .build()));
  }

  private void money() {
    List<Object> all = new ArrayList<>();
    for (int hour = 14 * 24; hour > 0; hour--) {
      Instant at = NOW.minus(Duration.ofHours(hour));
      boolean weekend = List.of(5, 6).contains((int) ((at.getEpochSecond() / 86400 + 3) % 7));
      for (int i = 0; i < (weekend ? 1 : 3); i++) {
        String[] feature = FEATURES.get((int) (Math.abs(random.nextGaussian()) * 2.2) % 6);
        Model model = MODELS.get((int) (Math.abs(random.nextGaussian()) * 2) % 5);
        long requests = 40 + random.nextInt(600);
        long input = requests * (400 + random.nextInt(900));
        long output = model.output() == 0 ? 0 : requests * (60 + random.nextInt(200));
        boolean sync = random.nextInt(14) == 0;
        long price = input * model.input() + output * model.output();
        boolean unpriced = random.nextInt(60) == 0;
        all.add(
            usage(feature[0], unpriced ? "gpt-next-preview" : model.name())
                .setFeature(feature[1])
                .setRecordedAt(at)
                .setProvider(model.provider())
                .setAccount(model.account())
                .setEndpoint(model.endpoint())
                .setMode(sync ? UsageMode.SYNC : UsageMode.BATCH)
                .setBatchId(sync ? null : id(hour / 2 * 2 + 13))
                .setRequests((int) requests)
                .setUsage(tokens(input, output))
                .setCostPicoUsd(unpriced ? null : (sync ? 2 : 1) * price)
                .setSyncCostPicoUsd(unpriced ? null : 2 * price)
                .build());
      }
    }
    book.take(records.slice(records.topics().usage().name(), 0, all.toArray()));
  }

  private static String id(int number) {
    return "01JDZ%06dKQ7VWX3N8R5TBHM0P".formatted(number).substring(0, 26);
  }

  private void jobs() {
    List<Object> jobs = new ArrayList<>();
    List<Object> batches = new ArrayList<>();
    List<JobStateName> first =
        List.of(
            JobStateName.SEALED,
            JobStateName.UPLOADING,
            JobStateName.SUBMITTED,
            JobStateName.SUBMITTED,
            JobStateName.QUARANTINED,
            JobStateName.SUBMITTED);
    for (int i = 0; i < 140; i++) {
      int number = 1 + i * 2;
      Model model = MODELS.get(i % 5);
      int requests = 300 + random.nextInt(4000);
      Instant sealed = NOW.minus(Duration.ofMinutes(7L + i * 105L));
      JobStateName state = i < first.size() ? first.get(i) : JobStateName.ENDED;
      boolean atProvider = state == JobStateName.SUBMITTED || state == JobStateName.ENDED;
      JobRecord.Builder job =
          job(id(number), state)
              .setScope(model.scope())
              .setLane(model.lane())
              .setProvider(model.provider())
              .setAccount(model.account())
              .setEndpoint(model.endpoint())
              .setModel(model.name())
              .setRequests(requests)
              .setBytes(requests * 2100L)
              .setEstimatedTokens(requests * 600L)
              .setSealedAt(sealed)
              .setSince(
                  state == JobStateName.ENDED ? sealed.plusSeconds(3000) : sealed.plusSeconds(90))
              .setProviderJobId(atProvider ? "batch_68f2c1%06d".formatted(number) : null)
              .setProviderStatus(atProvider ? "in_progress" : null)
              .setSubmittedAt(atProvider ? sealed.plusSeconds(60) : null)
              .setExpiresAt(atProvider ? sealed.plusSeconds(86_400) : null)
              .setDone(atProvider ? requests * (i * 17 % 90 + 5) / 100 : 0);
      if (state == JobStateName.ENDED) {
        boolean expired = i % 41 == 17;
        job.setEnded(expired ? EndedAs.EXPIRED : EndedAs.COMPLETED)
            .setProviderStatus(expired ? "expired" : "completed")
            .setDone(expired ? requests / 2 : requests - i % 5)
            .setFailed(expired ? requests - requests / 2 : i % 5);
      }
      if (state == JobStateName.QUARANTINED) {
        job.setProblem("the create was not answered: whether the job exists is not known yet");
      }
      jobs.add(job.build());
      batches.add(
          SealedBatch.newBuilder(batch(id(number)))
              .setLane(model.lane())
              .setRequests(requests)
              .setBytes(requests * 2100L)
              .setReason(SealedBecause.values()[i % SealedBecause.values().length])
              .setOpenedAt(sealed.minusSeconds(600))
              .setSealedAt(sealed)
              .build());
    }
    book.take(records.slice(records.topics().jobs().name(), 0, jobs.toArray()));
    book.take(records.slice(records.topics().batches().name(), 0, batches.toArray()));
  }

  private void requests() {
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      results.add(
          result("ticket-%05d".formatted(48_000 + i))
              .setLabels(Map.of("team", "support", "feature", "ticket-tagging"))
              .setBatchId(id(13))
              .setProviderJobId("batch_68f2c1000013")
              .setAdmittedAt(NOW.minus(Duration.ofHours(12)))
              .setCompletedAt(NOW.minus(Duration.ofHours(11)))
              .setUsage(tokens(640, 90))
              .setCostPicoUsd(75_000_000L)
              .setSyncCostPicoUsd(150_000_000L)
              .setSourceOffset(i)
              .build());
    }
    book.take(records.slice(records.topics().results().name(), 0, results.toArray()));
    List<Object> failures = new ArrayList<>();
    String[][] codes = {
      {"content_filter", "YOUR_INPUT", "The response was filtered"},
      {
        "context_length_exceeded",
        "YOUR_INPUT",
        "This model's maximum context length is 128000 tokens"
      },
      {"rate_limit_exceeded", "PROVIDER", "Rate limit reached for requests"},
      {
        "batch_expired",
        "PROVIDER",
        "This request could not be executed before the completion window expired."
      },
      {"unknown_model", "YOUR_INPUT", "no account takes this model"},
    };
    for (int i = 0; i < 90; i++) {
      String[] code = codes[(int) (Math.abs(random.nextGaussian()) * 2) % 5];
      failures.add(
          failure("ticket-%05d".formatted(60_000 + i), code[0])
              .setMessage(code[2])
              .setKind(FailureKind.valueOf(code[1]))
              .setRetryable(code[1].equals("PROVIDER"))
              .setAccount("openai")
              .setModel("gpt-4o-mini")
              .setLabels(Map.of("team", "support"))
              .setBatchId(code[0].equals("unknown_model") ? null : id(13))
              .setFailedAt(NOW.minus(Duration.ofMinutes(20L * i)))
              .setSourceOffset(1000 + i)
              .build());
    }
    book.take(records.slice(records.topics().failures().name(), 0, failures.toArray()));
  }
}
