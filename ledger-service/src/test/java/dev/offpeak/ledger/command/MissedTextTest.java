package dev.offpeak.ledger.command;

import static dev.offpeak.ledger.book.Records.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Records;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.report.Missed;
import dev.offpeak.ledger.report.Period;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.schemas.avro.UsageMode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MissedTextTest {

  @Test
  void callsAtFullPriceAreSaidWithWhatWouldCatchThem() {
    try (Records records = new Records();
        LedgerDatabase database = LedgerDatabase.inMemory()) {
      String topic = records.topics().usage().name();
      Book book = Book.ofUsage(database, records.topics(), records.serdes());
      book.place(new TopicPartition(topic, 0), 0);
      book.take(
          records.slice(
              topic,
              0,
              usage("search", "gpt-4o-mini").build(),
              usage("ads", "gpt-4o")
                  .setMode(UsageMode.SYNC)
                  .setBatchId(null)
                  .setCostPicoUsd(2_000_000_000_000L)
                  .setSyncCostPicoUsd(2_000_000_000_000L)
                  .build()));

      List<Missed> missed = Missed.of(new UsageReport(database), Period.ALL, Map.of());

      assertThat(missed).hasSize(1);
      assertThat(missed.getFirst().saving()).isEqualByComparingTo("1");
      assertThat(MissedText.of(missed))
          .contains("ads", "gpt-4o", "$2.00", "$1.00", "a later deadline")
          .doesNotContain("search");
    }
  }

  @Test
  void whereAllWentInBatchesItSaysSo() {
    assertThat(MissedText.of(List.of())).startsWith("nothing was called at full price");
  }
}
