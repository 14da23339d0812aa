package dev.offpeak.ledger.book;

import static dev.offpeak.ledger.book.Records.usage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ledger.config.OutcomesConfig.Kept;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.Period;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of the book in each database. */
abstract class BookContract {

  private final Records records = new Records();
  private final String usage = records.topics().usage().name();
  private LedgerDatabase database;
  private Book book;

  /** An empty one. */
  abstract LedgerDatabase open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    database = open();
    book = Book.of(database, records.topics(), records.serdes(), Kept.ALL);
    book.topics().forEach(topic -> book.place(new TopicPartition(topic, 0), 0));
  }

  @AfterEach
  void close() {
    database.close();
    records.close();
  }

  @Test
  void moneyIsAddedUpExactlyAndWhatHasNoPriceIsNoZero() {
    UsageRecord unpriced =
        usage("ads", "new-model").setCostPicoUsd(null).setSyncCostPicoUsd(null).build();
    assertThat(
            book.take(
                records.slice(
                    usage,
                    0,
                    usage("search", "gpt-4o-mini").build(),
                    usage("search", "gpt-4o-mini").build(),
                    unpriced)))
        .isTrue();

    List<UsageSum> sums = report().sums(List.of(By.TEAM), Period.ALL, Map.of());
    assertThat(sums).extracting(sum -> sum.keys().getFirst()).containsExactly("search", "ads");
    assertThat(sums.getFirst().cost()).isEqualByComparingTo("2.000000000002");
    assertThat(sums.getFirst().saved()).isEqualByComparingTo("2.000000000002");
    assertThat(sums.getFirst().requests()).isEqualTo(20);
    assertThat(sums.getFirst().isPartlyUnpriced()).isFalse();
    assertThat(sums.getLast().unpricedRequests()).isEqualTo(10);
    assertThat(sums.getLast().unpricedTokens()).isEqualTo(1100);
  }

  @Test
  void aSliceThatIsBroughtAgainIsNotTaken() {
    Slice slice = records.slice(usage, 0, usage("search", "gpt-4o-mini").build());
    assertThat(book.take(slice)).isTrue();
    assertThat(book.take(slice)).isFalse();
    assertThat(total().requests()).isEqualTo(10);
    assertThat(book.places()).containsEntry(new TopicPartition(usage, 0), 1L);
  }

  @Test
  void aSliceThatLeavesAGapIsNotTaken() {
    assertThat(book.take(records.slice(usage, 5, usage("search", "gpt-4o-mini").build())))
        .isFalse();
    assertThat(total()).isEqualTo(UsageSum.NONE);
  }

  @Test
  void laterSlicesAddToTheSameHour() {
    book.take(records.slice(usage, 0, usage("search", "gpt-4o-mini").build()));
    book.take(records.slice(usage, 1, usage("search", "gpt-4o-mini").build()));
    assertThat(report().sums(List.of(By.DAY), Period.ALL, Map.of()))
        .singleElement()
        .satisfies(
            sum -> {
              assertThat(sum.keys()).containsExactly("2026-11-24");
              assertThat(sum.requests()).isEqualTo(20);
            });
  }

  @Test
  void yearsOfLargestSumsDoNotOverflow() {
    UsageRecord most =
        usage("search", "gpt-4o-mini")
            .setRequests(Long.MAX_VALUE)
            .setCostPicoUsd(Long.MAX_VALUE)
            .setSyncCostPicoUsd(Long.MAX_VALUE)
            .build();
    for (long place = 0; place < 3; place++) {
      assertThat(book.take(records.slice(usage, place, most))).isTrue();
    }
    assertThat(total().requests())
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3)));
  }

  @Test
  void oddNamesAndTimesStopNothing() {
    UsageRecord odd =
        usage("a\0b", "m".repeat(5000))
            .setTenant("\uD83D\uDE00".repeat(400))
            .setFeature("'; DROP TABLE usage_line; --")
            .setBatchId("B".repeat(900))
            .setRecordedAt(Instant.ofEpochMilli(Long.MAX_VALUE))
            .build();
    assertThat(book.take(records.slice(usage, 0, odd))).isTrue();
    assertThat(total().requests()).isEqualTo(10);
  }

  @Test
  void whatIsNoRecordIsNotedAndTheNextOneIsRead() {
    byte[] good = records.bytes(usage, usage("search", "gpt-4o-mini").build());
    Slice slice =
        records.slice(usage, 0, List.of("no record".getBytes(UTF_8), good, new byte[] {0}));
    assertThat(book.take(slice)).isTrue();
    assertThat(total().requests()).isEqualTo(10);
    assertThat(texts("SELECT place FROM unreadable ORDER BY place")).containsExactly("0", "2");
  }

  @Test
  void aTombstoneIsPassed() {
    Slice slice =
        records.slice(records.topics().jobs().name(), 0, Collections.singletonList((byte[]) null));
    assertThat(book.take(slice)).isTrue();
  }

  @Test
  void theLastRecordOfAJobStands() {
    String jobs = records.topics().jobs().name();
    book.take(records.slice(jobs, 0, Records.job("B1", JobStateName.SUBMITTED).build()));
    book.take(
        records.slice(
            jobs,
            1,
            Records.job("B1", JobStateName.SUBMITTED).setDone(9).build(),
            Records.job("B1", JobStateName.ENDED).setDone(10).build()));
    assertThat(texts("SELECT state || ' ' || done FROM job")).containsExactly("completed 10");
  }

  @Test
  void outcomesAreTheSameInAvroAndInJson() {
    String results = records.topics().results().name();
    String failures = records.topics().failures().name();
    JsonOutcomes json = new JsonOutcomes();
    var result = Records.result("id-1").build();
    var failure = Records.failure("id-2", "unknown_model").build();
    book.take(
        records.slice(results, 0, List.of(records.bytes(results, result), json.result(result))));
    book.take(
        records.slice(
            failures, 0, List.of(records.bytes(failures, failure), json.failure(failure))));
    List<Map<String, Object>> rows =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT failed, custom_id, tenant, team, account, model, batch_id,"
                                + " mode, attempt, code, kind, message, input, output, cost_pico,"
                                + " sync_cost_pico, source_part, source_place, at_time FROM outcome"
                                + " ORDER BY failed, place")
                        .mapToMap()
                        .list());
    assertThat(rows).hasSize(4);
    assertThat(rows.get(1)).isEqualTo(rows.get(0));
    assertThat(rows.get(3)).isEqualTo(rows.get(2));
  }

  private List<String> texts(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private UsageReport report() {
    return new UsageReport(database);
  }

  private UsageSum total() {
    return report().total(Period.ALL, Map.of());
  }
}
