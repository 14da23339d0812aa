package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.ledger.config.ConsoleConfig.SignIn;
import dev.offpeak.ledger.config.ConsoleKey;
import dev.offpeak.ledger.config.Network;
import dev.offpeak.ledger.config.ProxyConfig;
import dev.offpeak.ledger.config.Role;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.schemas.avro.ControlRecord;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who is let in, what each role sees, and that only forms of our own ask for anything. */
class SignInTest {

  private static final String KEY = "viewer-key-0123456789";
  private static final String KEY_OF_OPERATOR = "operator-key-0123456789";
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final LedgerDatabase DATABASE = LedgerDatabase.inMemory();

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  private final Desk desk =
      new Desk() {
        @Override
        public String ask(ControlRecord.Builder command) {
          asked.add(command.getAction() + " " + command.getAccount());
          return "asked for it";
        }

        @Override
        public String sendAgain(String code, String replayId) {
          asked.add("again " + code + " " + replayId);
          return "sent 3 new requests";
        }
      };

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private ConsoleServer start(ConsoleConfig config) {
    Pages pages =
        new Pages(
            DATABASE,
            "llm.usage",
            () -> new Standing(0, null, null, 0),
            new ProofBook(DATABASE, Clock.systemUTC(), Duration.ofDays(2)),
            config.actions() ? desk : null,
            null,
            Clock.systemUTC());
    ConsoleServer server = new ConsoleServer(config, pages);
    server.start();
    return server;
  }

  private static ConsoleConfig keys() {
    return new ConsoleConfig(
        "127.0.0.1",
        0,
        "/",
        List.of(),
        SignIn.KEYS,
        Map.of(
            "anna", new ConsoleKey(sha256(KEY), Role.VIEWER),
            "otto", new ConsoleKey(sha256(KEY_OF_OPERATOR), Role.OPERATOR)),
        noProxy(),
        true);
  }

  private static ProxyConfig noProxy() {
    return new ProxyConfig(
        List.of(), "X-Forwarded-User", "X-Forwarded-Groups", List.of(), List.of());
  }

  private static ConsoleConfig proxy(String from) {
    return new ConsoleConfig(
        "127.0.0.1",
        0,
        "/",
        List.of(),
        SignIn.PROXY,
        Map.of(),
        new ProxyConfig(
            List.of(from),
            "X-Forwarded-User",
            "X-Forwarded-Groups",
            List.of("ops"),
            List.of("controlling")),
        true);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutASignInOnlyThisMachineIsLetIn() {
    assertThatThrownBy(() -> Settings.of(Map.of("host", "0.0.0.0")))
        .hasMessageContaining("without a sign-in only a loopback address");
    assertThatThrownBy(() -> Settings.of(Map.of("sign-in", "keys", "host", "0.0.0.0")))
        .hasMessageContaining("there is none in keys");
    assertThatThrownBy(() -> Settings.of(Map.of("sign-in", "proxy")))
        .hasMessageContaining("proxy.addresses");
    assertThatThrownBy(() -> new ConsoleKey("a key and no digest", Role.VIEWER))
        .hasMessageContaining("SHA-256")
        .hasMessageNotContaining("a key and no digest");
  }

  @Test
  void aKeyBeginsASessionThatEndsWhenItIsLeft() throws Exception {
    try (ConsoleServer server = start(keys())) {
      HttpResponse<String> first = get(server, "jobs?which=ended", "Accept", "text/html");
      assertThat(first.statusCode()).isEqualTo(303);
      assertThat(first.headers().firstValue("location"))
          .contains("sign-in?to=jobs%3Fwhich%3Dended");
      assertThat(get(server, "sums").statusCode()).isEqualTo(401);

      assertThat(post(server, "sign-in", "key=wrong&to=jobs").headers().firstValue("location"))
          .contains("sign-in?again=yes&to=jobs");
      HttpResponse<String> in = post(server, "sign-in", "to=jobs%3Fwhich%3Dended&key=" + KEY);
      assertThat(in.headers().firstValue("location")).contains("jobs?which=ended");
      String cookie = in.headers().firstValue("set-cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/");
      String session = cookie.substring(0, cookie.indexOf(';'));

      String page = get(server, "jobs", "Cookie", session).body();
      assertThat(page).contains("Signed in as anna");
      assertThat(post(server, "sign-out", "token=" + token(page), "Cookie", session).statusCode())
          .isEqualTo(303);
      assertThat(get(server, "jobs", "Cookie", session).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aSignInLeadsToNoOtherSite() throws Exception {
    try (ConsoleServer server = start(keys())) {
      for (String to : List.of("//evil.example", "https%3A//evil.example", "%0d%0aX: y", "/x")) {
        assertThat(
                post(server, "sign-in", "to=" + to + "&key=" + KEY)
                    .headers()
                    .firstValue("location"))
            .as(to)
            .contains(".");
      }
    }
  }

  @Test
  void afterManyWrongKeysNoneIsTakenForAWhile() throws Exception {
    try (ConsoleServer server = start(keys())) {
      for (int i = 0; i < 20; i++) {
        get(server, "sums", "Authorization", "Bearer wrong" + i);
      }
      assertThat(get(server, "sums", "Authorization", "Bearer " + KEY).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void eachRoleSeesWhatItIsFor() throws Exception {
    try (ConsoleServer server = start(proxy("127.0.0.0/8"))) {
      assertThat(status(server, "savings", "X-Forwarded-User", "vera")).isEqualTo(200);
      assertThat(status(server, "search?q=x", "X-Forwarded-User", "vera")).isEqualTo(200);
      assertThat(status(server, "answer", "X-Forwarded-User", "vera")).isEqualTo(403);
      assertThat(status(server, "ask", "X-Forwarded-User", "vera")).isEqualTo(403);

      String[] finance = {"X-Forwarded-User", "fred", "X-Forwarded-Groups", "all, controlling"};
      assertThat(status(server, "savings.csv", finance)).isEqualTo(200);
      assertThat(status(server, "search?q=x", finance)).isEqualTo(403);
      assertThat(get(server, "", finance).body())
          .contains(">Savings<")
          .doesNotContain(">Jobs<", "name=\"q\"");

      String[] operator = {"X-Forwarded-User", "otto", "X-Forwarded-Groups", "ops"};
      assertThat(status(server, "answer", operator)).isEqualTo(200);
    }
  }

  @Test
  void aProxyIsBelievedByItsAddressOnlyAndSaysOneName() throws Exception {
    try (ConsoleServer server = start(proxy("10.0.0.0/8"))) {
      assertThat(status(server, "savings", "X-Forwarded-User", "otto")).isEqualTo(403);
    }
    try (ConsoleServer server = start(proxy("127.0.0.1"))) {
      assertThat(status(server, "savings")).isEqualTo(403);
      assertThat(status(server, "savings", "X-Forwarded-User", "otto", "X-Forwarded-User", "root"))
          .isEqualTo(403);
    }
  }

  @Test
  void networksHaveTheAddressesThatBeginLikeThem() throws Exception {
    assertThat(Network.parse("10.1.0.0/20").has(InetAddress.getByName("10.1.15.255"))).isTrue();
    assertThat(Network.parse("10.1.0.0/20").has(InetAddress.getByName("10.1.16.0"))).isFalse();
    assertThat(Network.parse("::1").has(InetAddress.getByName("::1"))).isTrue();
    assertThat(Network.parse("::1").has(InetAddress.getByName("127.0.0.1"))).isFalse();
    for (String bad : List.of("proxy.example", "10.0.0.0/33", "10.0.0.0/x", "abc")) {
      assertThatThrownBy(() -> Network.parse(bad)).hasMessageContaining(bad);
    }
  }

  @Test
  void onlyAFormOfOursFromAnOperatorAsksForSomething() throws Exception {
    try (ConsoleServer server = start(keys())) {
      String[] operator = {"Authorization", "Bearer " + KEY_OF_OPERATOR};
      String[] viewer = {"Authorization", "Bearer " + KEY};
      String page = get(server, "ask?do=pause&of=openai", operator).body();
      assertThat(page).contains("Pause account openai?", "Jobs at the provider go on");
      String form = "do=pause&of=openai&replay=r&token=" + token(page);

      assertThat(post(server, "ask", "do=pause&of=openai&token=x", operator).statusCode())
          .isEqualTo(403);
      assertThat(post(server, "ask", form, viewer).statusCode()).isEqualTo(403);
      assertThat(
              post(server, "ask", form, plus(operator, "Origin", "http://evil.example"))
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              post(server, "ask", form, plus(operator, "Sec-Fetch-Site", "cross-site"))
                  .statusCode())
          .isEqualTo(403);
      assertThat(asked).isEmpty();

      assertThat(
              post(
                      server,
                      "ask",
                      form,
                      plus(operator, "Origin", "http://127.0.0.1:" + server.port()))
                  .statusCode())
          .isEqualTo(303);
      Awaitility.await().untilAsserted(() -> assertThat(asked).containsExactly("PAUSE openai"));
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(get(server, "asked", viewer).body())
                      .contains("✓ asked for it", "Pause account openai", ">otto<"));
    }
  }

  @Test
  void failuresAreSentAgainUnderTheNameOfTheForm() throws Exception {
    try (ConsoleServer server = start(Settings.of(Map.of("actions", "true")))) {
      String page = get(server, "ask?do=retry&of=batch_expired").body();
      assertThat(page).contains("0 requests that are kept failed so");
      post(server, "ask", "do=retry&of=batch_expired&replay=mine&token=" + token(page));
      Awaitility.await()
          .untilAsserted(() -> assertThat(asked).containsExactly("again batch_expired mine"));
    }
  }

  @Test
  void whereNothingMayBeAskedForTheCommandIsShown() throws Exception {
    try (ConsoleServer server = start(Settings.of(Map.of()))) {
      String page = get(server, "ask?do=flush&of=a%7Cb%7Cc%7Cd").body();
      assertThat(page)
          .contains("./offpeak flush --lane &#39;a|b|c|d&#39;")
          .doesNotContain("<form method");
      assertThat(post(server, "ask", "do=flush&of=x&token=y").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aBrowserSaysOfAFormOfOursWhereItComesFrom() throws Exception {
    try (ConsoleServer server = start(Settings.of(Map.of("actions", "true")))) {
      // With no-referrer its Origin would be null, and no form would be taken.
      assertThat(get(server, "ask?do=pause&of=openai").headers().firstValue("referrer-policy"))
          .contains("same-origin");
    }
  }

  private static String token(String page) {
    var found = TOKEN.matcher(page);
    assertThat(found.find()).as(page).isTrue();
    return found.group(1);
  }

  private static String[] plus(String[] headers, String name, String value) {
    String[] more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return more;
  }

  private static int status(ConsoleServer server, String page, String... headers) throws Exception {
    return get(server, page, headers).statusCode();
  }

  private static HttpResponse<String> get(ConsoleServer server, String page, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, page));
    return HTTP.send(with(request, headers).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(
      ConsoleServer server, String page, String form, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(server, page))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    return HTTP.send(with(request, headers).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static URI uri(ConsoleServer server, String page) {
    return URI.create("http://127.0.0.1:" + server.port() + "/" + page);
  }
}
