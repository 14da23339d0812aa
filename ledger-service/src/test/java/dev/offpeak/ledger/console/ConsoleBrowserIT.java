package dev.offpeak.ledger.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.offpeak.ledger.book.Records;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.schemas.avro.ControlRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each screen in Chromium, wide and on a phone, light and dark: nothing in its console, nothing
 * that axe finds, nothing wider than the window. {@code -Doffpeak.screenshots=FOLDER} keeps
 * pictures.
 */
class ConsoleBrowserIT {

  /** Pictures that are kept, by page; w is wide, p a phone, l light, d dark. */
  private static final Map<String, Set<String>> PICTURES =
      Map.of(
          "", Set.of("wl", "wd", "pl"),
          "savings?by=team", Set.of("wl", "pd"),
          "jobs", Set.of("wl", "pd"),
          "job?batch=01JDZ000005KQ7VWX3N8R5TBHM", Set.of("wl"),
          "failures", Set.of("wl"),
          "search?q=ticket-48007", Set.of("wd"),
          "quotas", Set.of("wl"),
          "ask?do=retry&of=batch_expired", Set.of("wl"));

  private static final Records RECORDS = new Records();
  private static final LedgerDatabase DATABASE = LedgerDatabase.inMemory();
  private static Playwright playwright;
  private static Browser browser;
  private static ConsoleServer server;

  @BeforeAll
  static void start() {
    Path chromium =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseGet(() -> abort("there is no Chromium here"));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    Demo.fill(DATABASE, RECORDS);
    Pages pages =
        new Pages(
            DATABASE,
            RECORDS.topics().usage().name(),
            () -> new Standing(0, Demo.NOW, null, 0),
            new ProofBook(DATABASE, Clock.fixed(Demo.NOW, ZoneOffset.UTC), Duration.ofDays(2)),
            new Desk() {
              @Override
              public String ask(ControlRecord.Builder command) {
                return "asked for " + command.getAction() + " of " + command.getAccount();
              }

              @Override
              public String sendAgain(String code, String replayId) {
                return "sent 10 new requests, replay id '" + replayId + "'";
              }
            },
            _ ->
                new Answers.Words(
                    bytes("{\"messages\":[{\"role\":\"user\",\"content\":\"Which team?\"}]}"),
                    bytes("{\"choices\":[{\"message\":{\"content\":\"billing\"}}]}")),
            Clock.fixed(Demo.NOW, ZoneOffset.UTC));
    server = new ConsoleServer(Settings.of(Map.of("actions", "true")), pages);
    server.start();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
      server.close();
    }
    DATABASE.close();
    RECORDS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "savings?by=team",
        "savings?by=day",
        "prices",
        "missed",
        "proof",
        "jobs",
        "job?batch=01JDZ000005KQ7VWX3N8R5TBHM",
        "lanes",
        "failures",
        "failures?code=batch_expired",
        "search",
        "search?q=ticket-48007",
        "answer?of=result&part=0&place=7",
        "quotas",
        "asked",
        "ask?do=retry&of=batch_expired",
        "health"
      })
  void isCleanInEachSizeAndScheme(String path) {
    for (String size : List.of("w", "p")) {
      for (String scheme : List.of("l", "d")) {
        List<String> complaints = new ArrayList<>();
        try (Page page = page(size, scheme, complaints)) {
          page.navigate(address(path));
          assertThat(complaints).as("console of %s", path).isEmpty();
          assertThat(new AxeBuilder(page).analyze().getViolations())
              .as("%s %s%s", path, size, scheme)
              .extracting(rule -> rule.getId() + " " + rule.getNodes())
              .isEmpty();
          assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .as("%s %s is wider than its window", path, size)
              .isEqualTo(true);
          keep(page, path, size + scheme);
        }
      }
    }
  }

  @Test
  void theKeysGoToTheSearchAndToTheContent() {
    try (Page page = page("w", "l", new ArrayList<>())) {
      page.navigate(address("jobs"));
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
      page.keyboard().press("/");
      page.keyboard().type("ticket-48007");
      page.keyboard().press("Enter");
      page.waitForURL("**/search?q=ticket-48007");
      assertThat(page.title()).startsWith("Search: ticket-48007");
    }
  }

  @Test
  void whatIsLiveCanBePausedAndStaysSo() {
    try (Page page = page("w", "l", new ArrayList<>())) {
      page.navigate(address("jobs"));
      page.locator("#live").click();
      page.navigate(address("lanes"));
      assertThat(page.locator("#live").textContent()).isEqualTo("Paused: go live");
    }
  }

  @Test
  void somethingIsAskedForOnceItIsConfirmed() {
    try (Page page = page("p", "d", new ArrayList<>())) {
      page.navigate(address("quotas"));
      page.locator("text=Pause …").first().click();
      assertThat(page.locator("main").textContent()).contains("Jobs at the provider go on");
      page.locator("text=Pause it").click();
      page.waitForURL("**/asked");
      page.reload();
      page.locator("text=asked for PAUSE of claude-eu").waitFor();
    }
  }

  private static Page page(String size, String scheme, List<String> complaints) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions()
                .setViewportSize(size.equals("w") ? 1200 : 390, 780)
                .setColorScheme(scheme.equals("d") ? ColorScheme.DARK : ColorScheme.LIGHT));
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    return page;
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.port() + "/" + path;
  }

  private static void keep(Page page, String path, String look) {
    String folder = System.getProperty("offpeak.screenshots", "");
    if (!folder.isEmpty() && PICTURES.getOrDefault(path, Set.of()).contains(look)) {
      String name = path.isEmpty() ? "overview" : path.replaceAll("\\?.*", "");
      String kind = (look.startsWith("w") ? "" : "-phone") + (look.endsWith("d") ? "-dark" : "");
      page.screenshot(new ScreenshotOptions().setPath(Path.of(folder, name + kind + ".png")));
    }
  }

  @Test
  void aKeyOpensTheConsole() {
    try (Page page = page("p", "l", new ArrayList<>())) {
      page.setContent(SignInPage.of(new Question(Map.of("again", "yes"))));
      assertThat(new AxeBuilder(page).analyze().getViolations())
          .extracting(rule -> rule.getId())
          .isEmpty();
    }
  }
}
