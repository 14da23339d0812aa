package dev.offpeak.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Records;
import dev.offpeak.ledger.config.BilledAccount;
import dev.offpeak.ledger.config.OutcomesConfig.Kept;
import dev.offpeak.ledger.config.ProofConfig;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.proof.DayProof.State;
import dev.offpeak.ledger.proof.Residual.Kind;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The providers' APIs, as the simulator serves them, read and compared; each fault shows. */
class SimulatedBillTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLS = 4;
  private static final int IN_BATCH = 6;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Records records = new Records();
  private final LedgerDatabase database = LedgerDatabase.inMemory();
  // Long after midnight, so that no call is taken for one of the day before.
  private final Clock noon = Clock.fixed(Instant.parse("2026-11-24T12:20:00Z"), ZoneOffset.UTC);
  private Simulator simulator;
  private ProofBook proofs;
  private List<UsageRecord> usage;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorConfig.defaults(), noon);
    for (int i = 0; i < CALLS; i++) {
      send(
          "/v1/chat/completions",
          "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
              .formatted("Word ".repeat(1500 + i)));
    }
    String requests =
        IntStream.range(0, IN_BATCH)
            .mapToObj(
                i ->
                    "{\"custom_id\":\"c%d\",\"params\":{\"model\":\"claude-haiku-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello %d\"}]}}"
                        .formatted(i, i))
            .collect(Collectors.joining(","));
    send("/v1/messages/batches", "{\"requests\":[" + requests + "]}");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(entries()).hasSize(CALLS + IN_BATCH));
    usage = new ArrayList<>();
    entries().forEach(entry -> usage.add(booked(entry)));
    proofs = new ProofBook(database, noon, Duration.ofHours(1));
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close();
    database.close();
    records.close();
    http.close();
  }

  private String send(String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.rootUri() + path))
            .header("Authorization", "Bearer any")
            .header("x-api-key", "any")
            .header("anthropic-version", "2023-06-01")
            .header("content-type", "application/json");
    if (!body.isEmpty()) {
      request.POST(BodyPublishers.ofString(body));
    }
    return http.send(request.build(), BodyHandlers.ofString()).body();
  }

  private List<JsonNode> entries() throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    for (String line : send("/_sim/ledger", "").lines().toList()) {
      entries.add(JSON.readTree(line));
    }
    return entries;
  }

  /** With the published prices, not with the simulator's list. */
  private UsageRecord booked(JsonNode entry) {
    boolean sync = entry.path("job").asText().equals("sync");
    long input = entry.path("input_tokens").asLong();
    long cached = entry.path("cached_tokens").asLong();
    long output = entry.path("output_tokens").asLong();
    long pico =
        sync
            ? (input - cached) * 150_000 + cached * 75_000 + output * 600_000
            : input * 500_000 + output * 2_500_000;
    return Records.usage("team", entry.path("model").asText())
        .setRecordedAt(noon.instant())
        .setProvider(entry.path("provider").asText())
        .setAccount(entry.path("provider").asText())
        .setMode(sync ? UsageMode.SYNC : UsageMode.BATCH)
        .setBatchId(sync ? null : "B1")
        .setRequests(1)
        .setUsage(
            Tokens.newBuilder().setInput(input).setCachedInput(cached).setOutput(output).build())
        .setCostPicoUsd(pico)
        .setSyncCostPicoUsd(pico)
        .build();
  }

  private List<DayProof> proved(List<UsageRecord> booked) throws Exception {
    Book book = Book.of(database, records.topics(), records.serdes(), Kept.NONE);
    book.topics().forEach(topic -> book.place(new TopicPartition(topic, 0), 0));
    book.take(records.slice(records.topics().usage().name(), 0, booked.toArray()));
    book.take(
        records.slice(
            records.topics().jobs().name(),
            0,
            Records.job("B1", JobStateName.ENDED)
                .setAccount("anthropic")
                .setModel("claude-haiku-4-5")
                .setSubmittedAt(noon.instant())
                .setSince(noon.instant())
                .setDone(IN_BATCH)
                .build()));
    return again();
  }

  private List<DayProof> again() throws Exception {
    Secret openAi = new Secret("test", "sk-admin-1");
    Secret anthropic = new Secret("test", "sk-ant-admin-1");
    ProofConfig config =
        new ProofConfig(
            Map.of(
                "openai",
                new BilledAccount(
                    BilledAccount.Kind.OPENAI, openAi, simulator.rootUri(), List.of()),
                "anthropic",
                new BilledAccount(
                    BilledAccount.Kind.ANTHROPIC, anthropic, simulator.rootUri(), List.of())),
            Duration.ofHours(6),
            2,
            Duration.ofHours(1));
    new BillFetcher(config, proofs, noon, Sleeper.system()).once();
    return proofs.lastDays(2);
  }

  private static Set<Kind> kinds(List<DayProof> days) {
    Set<Kind> kinds = new TreeSet<>();
    days.forEach(day -> day.residuals().forEach(of -> kinds.add(of.kind())));
    return kinds;
  }

  private static BigDecimal difference(List<DayProof> days) {
    return days.stream()
        .map(DayProof::difference)
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void theLedgerIsTheBillAndEachFaultOfTheBillIsShown() throws Exception {
    List<DayProof> honest = proved(usage);
    assertThat(honest).extracting(DayProof::state).containsOnly(State.PROVED);
    assertThat(difference(honest)).isEqualByComparingTo("0");
    assertThat(honest.stream().filter(day -> day.theirsUsd() != null)).hasSize(2);

    send("/_sim/billing", "{\"price_factor\":{\"gpt-4o-mini\":1.1}}");
    assertThat(kinds(again())).containsExactly(Kind.PRICE);
    send("/_sim/billing", "{\"price_factor\":{\"gpt-4o-mini\":1},\"foreign_requests\":3}");
    assertThat(kinds(again())).containsExactly(Kind.FOREIGN);
    send("/_sim/billing", "{\"foreign_requests\":0,\"late_hours\":48}");
    assertThat(kinds(again())).containsExactly(Kind.LATE);
    assertThat(again()).extracting(DayProof::state).contains(State.WAITING);
  }

  @Test
  void aRecordThatTheLedgerLacksIsShownWithItsMoney() throws Exception {
    UsageRecord lost = usage.stream().filter(of -> of.getBatchId() != null).findAny().orElseThrow();
    usage.remove(lost);
    List<DayProof> days = proved(usage);
    assertThat(kinds(days)).containsExactly(Kind.MISSING);
    assertThat(difference(days).movePointRight(12))
        .isEqualByComparingTo(BigDecimal.valueOf(lost.getCostPicoUsd()));
    assertThat(ProofTable.of(days)).contains("missing, claude-haiku-4-5 batch");
    assertThat(ProofText.csv(days)).contains("differs");
  }

  @Test
  void aRecordThatTheLedgerHasTwiceIsShownWithItsMoney() throws Exception {
    UsageRecord twice =
        usage.stream().filter(of -> of.getBatchId() != null).findAny().orElseThrow();
    usage.add(twice);
    List<DayProof> days = proved(usage);
    assertThat(kinds(days)).containsExactly(Kind.DOUBLED);
    assertThat(difference(days).movePointRight(12))
        .isEqualByComparingTo(BigDecimal.valueOf(-twice.getCostPicoUsd()));
    assertThat(ProofText.json(days)).contains("\"kind\":\"doubled\"");
  }
}
