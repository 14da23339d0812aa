package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Clients that mean ill or are broken: each gets a clear refusal, nothing hangs, and the next
 * client is served.
 */
@WithKafka
class HostileClientsIT {

  private static final String LINE = Lines.chat("a");
  private static final String HEAD =
      "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

  /** What is sent, to the status that it gets; the client then sends nothing more. */
  private static Map<String, Sent> cases() throws IOException {
    var cases = new LinkedHashMap<String, Sent>();
    cases.put("chunked with garbage", new Sent(CHUNKED + "zz\r\nhello\r\n", 400));
    cases.put("a negative chunk", new Sent(CHUNKED + "-5\r\nhello\r\n0\r\n\r\n", 400));
    cases.put("a chunk of 2^63", new Sent(CHUNKED + "7fffffffffffffff\r\nhello\r\n", 400));
    cases.put("a huge chunk that is cut", new Sent(CHUNKED + "7fffffff\r\nhello", 400));
    cases.put("a chunk size without end", new Sent(CHUNKED + "0".repeat(200_000), 400));
    cases.put("a cut chunk", new Sent(CHUNKED + "ff\r\nhello", 400));
    cases.put("trailers", new Sent(CHUNKED + "0\r\nX: y\r\n\r\n", 400));
    cases.put("no last chunk", new Sent(CHUNKED + chunk(LINE), 400));
    cases.put("length above the body", new Sent(HEAD + "Content-Length: 999\r\n\r\n" + LINE, 400));
    cases.put("length 1e3", new Sent(HEAD + "Content-Length: 1e3\r\n\r\n" + LINE, 400));
    cases.put("length -1", new Sent(HEAD + "Content-Length: -1\r\n\r\n" + LINE, 400));
    cases.put("length of 30 digits", new Sent(length("9".repeat(30)) + LINE, 400));
    cases.put(
        "two lengths", new Sent(HEAD + "Content-Length: 5\r\n" + tail(LINE.length()) + LINE, 400));
    cases.put(
        "length and chunked",
        new Sent(HEAD + "Transfer-Encoding: chunked\r\n" + tail(4) + chunk(LINE), 400));
    cases.put(
        "chunked twice",
        new Sent(HEAD + "Transfer-Encoding: chunked\r\n" + CHUNKED.substring(HEAD.length()), 400));
    cases.put("gzip, chunked", new Sent(HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400));
    cases.put("identity", new Sent(HEAD + "Transfer-Encoding: identity\r\n\r\n" + LINE, 4));
    cases.put("chunked, upper case", new Sent(CHUNKED.replace("chunked", "CHUNKED"), 4));
    cases.put("a storm of headers", new Sent(HEAD + "X-A: b\r\n".repeat(20_000) + "\r\n", 4));
    cases.put("one large header", new Sent(HEAD + "X-A: " + "b".repeat(200_000) + "\r\n\r\n", 4));
    cases.put("a header without colon", new Sent(HEAD + "hello\r\n\r\n", 400));
    cases.put("a folded header", new Sent(HEAD + "X-A: b\r\n c\r\n\r\n", 400));
    cases.put("a header with NUL", new Sent(HEAD + "X-A: \0\r\n\r\n", 400));
    cases.put("a header name with a space", new Sent(HEAD + "X A: b\r\n\r\n", 400));
    cases.put(
        "bare line feeds", new Sent((HEAD + tail(LINE.length()) + LINE).replace("\r", ""), 4));
    cases.put("HTTP/1.0", new Sent((HEAD + tail(LINE.length()) + LINE).replace("1.1", "1.0"), 505));
    cases.put("HTTP/2", new Sent("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400));
    cases.put("HTTP/9.9", new Sent("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400));
    cases.put("TLS", new Sent("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\r\n\r\n", 4));
    cases.put("OPTIONS *", new Sent("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 4));
    cases.put("no HTTP", new Sent("hello\r\n\r\n", 4));
    cases.put("a request line without end", new Sent("POST /" + "a".repeat(100_000), 4));
    cases.put("no host", new Sent(HEAD.replace("Host: localhost\r\n", "") + tail(0), 400));
    cases.put("two hosts", new Sent(HEAD + "Host: evil.example\r\n" + tail(0), 400));
    cases.put(
        "two origins", new Sent(HEAD + twice("Origin", "http://localhost", "null", LINE), 403));
    cases.put("an empty body", new Sent(HEAD + tail(0), 400));
    cases.put("an empty chunked body", new Sent(CHUNKED + "0\r\n\r\n", 400));
    cases.put("no length at all", new Sent(HEAD + "\r\n", 400));
    cases.put("brotli", new Sent(encoded("br", LINE.getBytes(UTF_8)), 415));
    cases.put("gzip, gzip", new Sent(encoded("gzip, gzip", gzip(gzip(LINE.getBytes(UTF_8)))), 415));
    cases.put(
        "encoding twice",
        new Sent(HEAD + twice("Content-Encoding", "identity", "gzip", LINE), 415));
    cases.put("gzip of gzip", new Sent(encoded("gzip", gzip(gzip(LINE.getBytes(UTF_8)))), 400));
    cases.put("gzip unannounced", new Sent(encoded("identity", gzip(LINE.getBytes(UTF_8))), 400));
    cases.put("no gzip", new Sent(encoded("gzip", LINE.getBytes(UTF_8)), 400));
    cases.put("cut gzip", new Sent(encoded("gzip", cut(gzip(LINE.getBytes(UTF_8)))), 400));
    cases.put(
        "garbage after gzip", new Sent(encoded("gzip", join(gzip(LINE.getBytes(UTF_8)))), 400));
    cases.put("a dotted path", new Sent("POST /v1/../requests HTTP/1.1\r\nHost: x\r\n\r\n", 4));
    cases.put("a coded path", new Sent("POST /v1%2frequests HTTP/1.1\r\nHost: x\r\n\r\n", 4));
    cases.put("a path with NUL", new Sent("POST /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 4));
    cases.put("a whole url", new Sent("GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n", 4));
    cases.put("CONNECT", new Sent("CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n", 4));
    cases.put("TRACE", new Sent("TRACE /v1/requests HTTP/1.1\r\nHost: x\r\n\r\n", 405));
    cases.put(
        "text/plain of a page",
        new Sent(HEAD.replace("application/json", "text/plain") + tail(0), 415));
    cases.put("upgrade", new Sent(HEAD + "Connection: upgrade\r\nUpgrade: h2c\r\n" + tail(0), 400));
    cases.put("expect nonsense", new Sent(HEAD + "Expect: 200-ok\r\n" + tail(0), 4));
    return cases;
  }

  @Test
  void eachIsRefusedInTheApisWordsAndTheNextIsServed(TestKafka kafka) throws IOException {
    kafka.createTopic("llm.requests", 1);
    var soft = new SoftAssertions();
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of())) {
      for (var hostile : cases().entrySet()) {
        String answer = answer(ingest, hostile.getValue().bytes());
        soft.assertThat(answer)
            .as(hostile.getKey())
            .startsWith("HTTP/1.1 " + hostile.getValue().status())
            .contains("{\"error\":{\"message\":\"", "\"code\":\"")
            .doesNotContain("HTTP/1.1 2");
      }
      soft.assertAll();
      assertThat(ingest.post(LINE).status()).isEqualTo(202);
    }
  }

  private static String answer(Ingest ingest, byte[] sent) throws IOException {
    try (var client = RawClient.connect(ingest.port())) {
      try {
        client.send(sent).endOfSending();
      } catch (IOException e) {
        // Refused and closed before everything was sent: the answer may be there all the same.
      }
      return client.answer();
    }
  }

  private record Sent(byte[] bytes, int status) {
    Sent(String latin, int status) {
      this(latin.getBytes(ISO_8859_1), status);
    }
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  private static String length(String length) {
    return HEAD + "Content-Length: " + length + "\r\n\r\n";
  }

  private static String tail(int length) {
    return "Content-Length: " + length + "\r\n\r\n";
  }

  private static String twice(String name, String one, String two, String body) {
    return name + ": " + one + "\r\n" + name + ": " + two + "\r\n" + tail(body.length()) + body;
  }

  private static byte[] encoded(String encoding, byte[] body) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(
        (HEAD + "Content-Encoding: " + encoding + "\r\n" + tail(body.length)).getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static byte[] gzip(byte[] data) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(data);
    }
    return bytes.toByteArray();
  }

  private static byte[] cut(byte[] data) {
    return Arrays.copyOf(data, data.length - 6);
  }

  private static byte[] join(byte[] data) {
    return (new String(data, ISO_8859_1) + "garbage after it").getBytes(ISO_8859_1);
  }
}
