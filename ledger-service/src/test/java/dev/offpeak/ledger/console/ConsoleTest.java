package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.book.Records.failure;
import static dev.offpeak.ledger.book.Records.job;
import static dev.offpeak.ledger.book.Records.result;
import static dev.offpeak.ledger.book.Records.usage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Records;
import dev.offpeak.ledger.config.OutcomesConfig.Kept;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.QuotaUnitName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages over HTTP, of a ledger whose words all try to be tags. */
class ConsoleTest {

  private static final String EVIL = "<script>alert('x')</script>\"onload=\"x";
  private static final Pattern LINK = Pattern.compile("(?:href|action|src)=\"([^\"]*)\"");

  private static final Records RECORDS = new Records();
  private static final LedgerDatabase DATABASE = LedgerDatabase.inMemory();
  private static final LedgerDatabase NOTHING = LedgerDatabase.inMemory();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ConsoleServer full;
  private static ConsoleServer empty;
  private static ConsoleServer mounted;

  @BeforeAll
  static void fill() {
    Book book = Book.of(DATABASE, RECORDS.topics(), RECORDS.serdes(), Kept.ALL);
    book.topics().forEach(topic -> book.place(new TopicPartition(topic, 0), 0));
    String jobs = RECORDS.topics().jobs().name();
    book.take(
        RECORDS.slice(
            RECORDS.topics().usage().name(),
            0,
            usage("search", "gpt-4o-mini").build(),
            usage(EVIL, EVIL).build(),
            usage("ads", "new").setCostPicoUsd(null).setSyncCostPicoUsd(null).build()));
    book.take(
        RECORDS.slice(
            jobs,
            0,
            job("B1", JobStateName.ENDED).build(),
            job(EVIL, JobStateName.SUBMITTED).setModel(EVIL).setProblem(EVIL).build()));
    book.take(RECORDS.slice(RECORDS.topics().batches().name(), 0, Records.batch("B1")));
    book.take(
        RECORDS.slice(
            RECORDS.topics().quotas().name(),
            0,
            quota(900, 1000),
            quota(null, 2000),
            quota(1000, 2000)));
    book.take(
        RECORDS.slice(
            RECORDS.topics().control().name(),
            0,
            control(ControlAction.PAUSE, 30),
            control(ControlAction.RESUME, 20),
            control(ControlAction.FLUSH, 10)));
    book.take(
        RECORDS.slice(
            RECORDS.topics().results().name(), 0, result("id-1").build(), result(EVIL).build()));
    book.take(
        RECORDS.slice(
            RECORDS.topics().failures().name(),
            0,
            failure("id-2", "unknown_model").build(),
            failure(EVIL, EVIL).setMessage(EVIL).setBatchId("B1").build()));
    full = start(DATABASE, "/");
    empty = start(NOTHING, "/");
    mounted = start(DATABASE, "/some/offpeak");
  }

  private static ConsoleServer start(LedgerDatabase database, String basePath) {
    Clock noon = Clock.fixed(Records.NOON.plusSeconds(5), ZoneOffset.UTC);
    Pages pages =
        new Pages(
            database,
            RECORDS.topics().usage().name(),
            () -> new Standing(0, Records.NOON, null, 0),
            new ProofBook(database, noon, Duration.ofDays(2)),
            null,
            _ -> new Answers.Words(EVIL.getBytes(UTF_8), answer()),
            noon);
    ConsoleServer server =
        new ConsoleServer(Settings.of(basePath, List.of("console.example")), pages);
    server.start();
    return server;
  }

  private static QuotaRecord quota(@Nullable Integer learned, long configured) {
    return QuotaRecord.newBuilder()
        .setScope("openai|openai|gpt-4o-mini")
        .setProvider("openai")
        .setAccount("openai")
        .setAccountDigest("d")
        .setModel("gpt-4o-mini")
        .setUnit(QuotaUnitName.TOKENS)
        .setConfiguredLimit(configured)
        .setLearnedLimit(learned == null ? null : learned.longValue())
        .setPatience(1)
        .setCredit(0)
        .setRefusals(1)
        .setUpdatedAt(Records.NOON)
        .build();
  }

  /** A pause is later than a resume, which was read after it. */
  private static ControlRecord control(ControlAction action, int secondsBefore) {
    boolean resume = action == ControlAction.RESUME;
    return ControlRecord.newBuilder()
        .setAction(action)
        .setAccount("openai")
        .setIssuedAt(Records.NOON.minusSeconds(resume ? 60 : secondsBefore))
        .build();
  }

  private static byte[] answer() {
    return "{\"choices\":[{\"message\":{\"content\":\"Yes, <b>all</b> of it\"}}]}".getBytes(UTF_8);
  }

  @AfterAll
  static void stop() {
    full.close();
    empty.close();
    mounted.close();
    DATABASE.close();
    NOTHING.close();
    RECORDS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "savings?by=team",
        "savings?by=model",
        "savings?by=day&from=2026-11-01&to=2026-11-30",
        "jobs",
        "jobs?which=troubled",
        "job?batch=B1",
        "failures",
        "search?q=id-1",
        "health",
        "prices",
        "lanes",
        "quotas",
        "asked",
        "ask?do=cancel&of=%3Cscript%3E",
        "ask?do=retry",
        "answer?of=result&part=0&place=1"
      })
  void noWordOfATopicBecomesATag(String page) throws Exception {
    HttpResponse<String> answer = get(full, "/" + page);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body().replace("<script src=\"console.js\" defer=\"\">", ""))
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("\"onload")
        .doesNotContain(" style=");
    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'");
  }

  @Test
  void everyPageThatIsLinkedToIsThereAndNoLinkLeavesItsFolder() throws Exception {
    Set<String> seen = new TreeSet<>();
    follow(full, "/", "", seen);
    assertThat(seen)
        .contains(
            "job?batch=B1", "savings?by=day", "console.css", "console.js", "savings.csv?by=day")
        .anyMatch(link -> link.startsWith("search?q=%3Cscript"));
    assertThat(seen).noneMatch(link -> link.startsWith("/") || link.contains("://"));
  }

  @Test
  void pagesWorkBehindAProxyThatLeavesItsPath() throws Exception {
    assertThat(get(mounted, "/some/offpeak/jobs").body()).contains("B1");
    assertThat(get(mounted, "/some/offpeak/").body()).contains("Saved in 30 days");
    HttpResponse<String> bare = get(mounted, "/some/offpeak");
    assertThat(bare.statusCode()).isEqualTo(301);
    assertThat(bare.headers().firstValue("location")).contains("/some/offpeak/");
  }

  @Test
  void moneyIsShownShortAndHeldExact() throws Exception {
    assertThat(get(full, "/savings?by=team").body())
        .contains("title=\"1.000000000001 USD\">$1.00<", "</rect><rect class=\"saved\"")
        .contains(">unpriced<");
    assertThat(get(full, "/savings.csv?by=model").body())
        .startsWith("model,requests,unpriced_requests")
        .contains("gpt-4o-mini,10,0,1000,0,100,0,1.000000000001,2.000000000002,1.000000000001")
        .contains("new,10,10,1000,0,100,1100,0,0,0");
  }

  @Test
  void theLifeOfARequestIsToldFromItsRecordToItsMoney() throws Exception {
    assertThat(get(full, "/search?q=id-1").body())
        .contains("record 7 of partition 0 of llm.requests")
        .contains("sealed (linger)")
        .contains("href=\"job?batch=B1\"")
        .contains("title=\"0.000000000005 USD\"");
    assertThat(get(full, "/search?q=batch_1").body()).contains("href=\"job?batch=B1\"");
  }

  @Test
  void anEmptyPageNamesTheCommandThatFillsIt() throws Exception {
    for (String page : List.of("", "savings", "jobs", "failures", "search?q=x", "job?batch=x")) {
      assertThat(get(empty, "/" + page).body()).as(page).contains("./offpeak ");
    }
  }

  @Test
  void theLifeOfARequestGoesDownToItsAnswer() throws Exception {
    assertThat(get(full, "/search?q=id-1").body())
        .contains("href=\"answer?of=result&amp;part=0&amp;place=0\"");
    assertThat(get(full, "/answer?of=result&part=0&place=0").body())
        .contains(">Yes, &lt;b&gt;all&lt;/b&gt; of it</pre>", "As it stands in the topic");
    assertThat(get(full, "/answer?of=result&part=0&place=99").body())
        .contains("No outcome is kept at this place");
  }

  @Test
  void pricesSayWhatIsInUseAndWhatHasNone() throws Exception {
    assertThat(get(full, "/prices").body())
        .contains("1,100</td>", "0.075</td>", "no price in the built-in list");
  }

  @Test
  void whatAProviderLetsBeInFlightIsComparedWithWhatIs() throws Exception {
    assertThat(get(full, "/quotas").body())
        .contains("30% used", "300 tokens", "learned", ">paused<");
  }

  @Test
  void lanesSayWhyTheirBatchesWereSealed() throws Exception {
    assertThat(get(full, "/lanes").body()).contains("linger 1", "openai · /v1/chat/completions");
  }

  @Test
  void sumsAreTextThatSaysOfWhichRecords() throws Exception {
    assertThat(get(full, "/sums").body())
        .startsWith("place 0 3\n")
        .contains("gpt-4o-mini\tbatch\t10");
  }

  @Test
  void aPageOfAnotherSiteIsNotAnsweredUnderANameOfItsOwn() throws Exception {
    assertThat(statusWith("Origin", "http://evil.example")).isEqualTo(403);
    assertThat(statusWith("Origin", "http://localhost:8070")).isEqualTo(200);
    assertThat(statusWith("Origin", "http://console.example")).isEqualTo(200);
  }

  private static int statusWith(String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(full, "/")).header(header, value).build();
    return HTTP.send(request, BodyHandlers.ofString()).statusCode();
  }

  /** Reads all that can be come to from a page. */
  private static void follow(ConsoleServer server, String folder, String page, Set<String> seen)
      throws Exception {
    HttpResponse<String> answer = get(server, folder + page);
    assertThat(answer.statusCode()).as(page).isEqualTo(200);
    var links = LINK.matcher(answer.body());
    while (links.find()) {
      String link = links.group(1).replace("&amp;", "&");
      // Not each way to ask for several things at once.
      boolean few = link.chars().filter(c -> c == '&').count() < 2;
      if (!link.startsWith("#") && few && seen.size() < 400 && seen.add(link)) {
        follow(server, folder, link.equals(".") ? "" : link, seen);
      }
    }
  }

  private static HttpResponse<String> get(ConsoleServer server, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(server, path)).timeout(Duration.ofMinutes(1)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static URI uri(ConsoleServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
