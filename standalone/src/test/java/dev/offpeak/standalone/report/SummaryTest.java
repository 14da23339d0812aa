package dev.offpeak.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void itSaysWhatCameOfTheRequestsAndWhatWasSaved() {
    Progress progress = new Progress(1_202, true, 0, 0, 0, 1_196, 5, 1, List.of());
    Map<String, Spend> spends = new TreeMap<>();
    spends.put("gpt-4.1", new Spend(1_000_000, 200_000, 1_800_000_000_000L, 3_600_000_000_000L, 0));
    spends.put("gpt-4o-mini", new Spend(234_567, 1, 17_592_825_000L, 35_185_650_000L, 0));
    Map<String, Failed> failures =
        new TreeMap<>(
            Map.of(
                "unknown_model",
                new Failed(1, ""),
                "malformed_record",
                new Failed(4, "a.jsonl:7: no\u001b[31m " + "x".repeat(300))));

    Summary summary =
        new Summary(
            progress,
            Map.of("openai", 3),
            spends,
            Map.of("openai", Spend.NONE),
            failures,
            0,
            3,
            List.of(),
            Duration.ofMillis(12_345));

    assertThat(summary.text())
        .isEqualTo(
            """
              requests     1,202
              succeeded    1,196
              failed       5
                           4 malformed_record, %s…
                           1 unknown_model
              duplicates   1 dropped: same id, same body
              blank lines  3 passed over
              batches      3
              tokens       1,234,567 in, 200,001 out
                           gpt-4.1: 1,000,000 in, 200,000 out
                           gpt-4o-mini: 234,567 in, 1 out
              cost         $1.8176
              synchronous  $3.6352
              saved        $1.8176 (50%%)
              took         12.3 s
            """
                .formatted("a.jsonl:7: no\\u001b[31m " + "x".repeat(176)));
  }

  @Test
  void aSmallSumKeepsItsDigits() {
    assertThat(summary(31_400_000L).text())
        .contains("cost         $0.000031\n")
        .contains("synchronous  $0.000063\n")
        .contains("saved        $0.000031 (50%)\n");
    assertThat(summary(4L).text()).contains("cost         $0.0000000000040\n".replace("40", "4"));
    assertThat(summary(49_999_999_999L).text()).contains("cost         $0.0500\n");
    assertThat(summary(12_345_000_000_000L).text()).contains("cost         $12.35\n");
  }

  private static Summary summary(long pico) {
    return new Summary(
        new Progress(1, true, 0, 0, 0, 1, 0, 0, List.of()),
        Map.of("openai", 1),
        Map.of("m", new Spend(1, 1, pico, 2 * pico, 0)),
        Map.of(),
        Map.of(),
        0,
        0,
        List.of(),
        Duration.ZERO);
  }

  @Test
  void severalProvidersStandOneByOne() {
    Progress progress = new Progress(9, true, 0, 0, 0, 9, 0, 0, List.of());
    Map<String, Spend> byModel = new TreeMap<>();
    byModel.put("claude-haiku-4-5", new Spend(10, 20, 30_000_000_000L, 60_000_000_000L, 0));
    byModel.put("gpt-4o-mini", new Spend(1, 2, 10_000_000_000L, 20_000_000_000L, 0));
    Map<String, Spend> byProvider = new TreeMap<>();
    byProvider.put("anthropic", new Spend(10, 20, 30_000_000_000L, 60_000_000_000L, 0));
    byProvider.put("openai", new Spend(1, 2, 10_000_000_000L, 20_000_000_000L, 0));
    Map<String, Integer> batches = new TreeMap<>(Map.of("anthropic", 1, "openai", 2));

    Summary summary =
        new Summary(
            progress, batches, byModel, byProvider, Map.of(), 0, 0, List.of(), Duration.ZERO);

    assertThat(summary.text())
        .contains(
            """
              batches      3 (anthropic 1, openai 2)
              tokens       11 in, 22 out
                           claude-haiku-4-5: 10 in, 20 out
                           gpt-4o-mini: 1 in, 2 out
              cost         $0.0400
                           anthropic: $0.0300
                           openai: $0.0100
              synchronous  $0.0800
            """);
  }

  @Test
  void answersWhoseTokensAreNotToldAreNotCalledUnpriced() {
    Summary summary =
        new Summary(
            new Progress(3, true, 0, 0, 0, 3, 0, 0, List.of()),
            Map.of("openai", 1),
            Map.of("mine", new Spend(1, 1, 0, 0, 3)),
            Map.of(),
            Map.of(),
            2,
            0,
            List.of(),
            Duration.ZERO);

    assertThat(summary.text())
        .contains("not counted  2 answers, whose tokens are not told plausibly\n")
        .contains("not priced   1 requests, whose model has no price\n");
  }

  @Test
  void whatIsLeftAtTheProviderIsNamed() {
    List<LeftFile> left =
        IntStream.range(0, 12)
            .mapToObj(i -> new LeftFile("file-" + i, i == 0 ? "http_403: \u001b[31mno" : "no"))
            .toList();
    Summary summary =
        new Summary(
            new Progress(3, true, 0, 0, 0, 3, 0, 0, List.of()),
            Map.of("openai", 1),
            Map.of(),
            Map.of(),
            Map.of(),
            0,
            0,
            left,
            Duration.ZERO);

    assertThat(summary.text())
        .contains("not deleted  12 at the provider, which lets them expire\n")
        .contains("             file-0: http_403: \\u001b[31mno\n")
        .contains("             file-9: no\n               and 2 more, which the log names\n");
  }

  @Test
  void modelsWithoutAPriceAreCounted() {
    Progress progress = new Progress(2, true, 0, 0, 0, 2, 0, 0, List.of());
    Summary summary =
        new Summary(
            progress,
            Map.of("openai", 1),
            Map.of("mine", new Spend(1, 1, 0, 0, 2)),
            Map.of(),
            Map.of(),
            0,
            0,
            List.of(),
            Duration.ZERO);

    assertThat(summary.text())
        .contains("saved        $0.00\n")
        .contains("not priced   2 requests, whose model has no price");
  }
}
