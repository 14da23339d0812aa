package dev.offpeak.simulator;

import static dev.offpeak.simulator.GeminiClient.contents;
import static dev.offpeak.simulator.GeminiClient.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiFilesIT {
  private static final Clock STILL =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final int UNIT = 1024;

  private Simulator simulator;
  private GeminiClient client;

  @BeforeEach
  void start() throws IOException {
    GeminiRules rules =
        GeminiRules.read(
            """
            limits: {chunk_granularity: 1024, max_file_bytes: 100000, max_storage_bytes: 150000}
            quirks: {uploaded_download: true}
            """);
    simulator = Simulator.start(SimulatorConfig.defaults().withGemini(rules), STILL);
    client = GeminiClient.of(simulator);
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + i % 26);
    }
    return bytes;
  }

  private String downloaded(JsonNode file) throws IOException {
    return client
        .wire()
        .get("/v1beta/" + file.path("name").textValue() + ":download?alt=media")
        .body();
  }

  @Test
  void describesAFileAsGeminiDoes() throws Exception {
    // Given
    String content = line("a", contents("ä"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    // When
    JsonNode file = client.uploadedFile("in put", content);
    // Then
    String name = file.path("name").textValue();
    assertThat(name).matches("files/[a-z0-9]{12}");
    assertThat(file.toString())
        .isEqualTo(
            """
            {"name":"%s","displayName":"in put","mimeType":"application/jsonl","sizeBytes":"%d",\
            "createTime":"2026-11-24T12:00:00.000000Z","updateTime":"2026-11-24T12:00:00.000000Z",\
            "expirationTime":"2026-11-26T12:00:00.000000Z","sha256Hash":"%s",\
            "uri":"%s/v1beta/%s","state":"ACTIVE","source":"UPLOADED"}\
            """
                .formatted(
                    name,
                    content.getBytes(StandardCharsets.UTF_8).length,
                    Base64.getEncoder()
                        .encodeToString(
                            HexFormat.of().formatHex(hash).getBytes(StandardCharsets.UTF_8)),
                    simulator.rootUri(),
                    name));
    assertThat(client.operation(name)).isEqualTo(file);
    assertThat(downloaded(file)).isEqualTo(content);
  }

  @Test
  void takesAFileInChunks() throws IOException {
    // Given
    byte[] content = bytes(5 * UNIT + 7);
    String url = client.session("{}", content.length);
    // When
    Answer first = client.chunk(url, "upload", 0, BodyPublishers.ofByteArray(content, 0, 2 * UNIT));
    Answer wrongOffset =
        client.chunk(url, "upload", 7, BodyPublishers.ofByteArray(content, 0, UNIT));
    Answer wrongSize =
        client.chunk(
            url, "upload", 2 * UNIT, BodyPublishers.ofByteArray(content, 2 * UNIT, UNIT + 1));
    Answer query = client.chunk(url, "query", 0, BodyPublishers.noBody());
    int received = Integer.parseInt(query.header("x-goog-upload-size-received"));
    Answer last =
        client.chunk(
            url,
            "upload, finalize",
            received,
            BodyPublishers.ofByteArray(content, received, content.length - received));
    Answer after = client.chunk(url, "query", 0, BodyPublishers.noBody());
    // Then
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("x-goog-upload-status")).isEqualTo("active");
    assertThat(wrongOffset.status()).isEqualTo(400);
    assertThat(wrongSize.status()).isEqualTo(400);
    assertThat(received).isEqualTo(3 * UNIT);
    assertThat(last.header("x-goog-upload-status")).isEqualTo("final");
    assertThat(after.header("x-goog-upload-status")).isEqualTo("final");
    assertThat(after.json().path("file")).isEqualTo(last.json().path("file"));
    assertThat(downloaded(last.json().path("file")))
        .isEqualTo(new String(content, StandardCharsets.UTF_8));
    assertThat(
            client.wire().admin("GET", "/calls", "").at("/gemini/upload_file/effects").intValue())
        .isEqualTo(1);
  }

  @Test
  void anUploadIsTakenUpAgainAfterACut() throws IOException {
    // Given: a connection that breaks in the middle of a chunk
    byte[] content = bytes(50 * UNIT);
    String url = client.session("{\"file\":{\"name\":\"files/own-name\"}}", content.length);
    URI target = URI.create(url);
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nX-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n\r\n"
              .formatted(target.getPath() + "?" + target.getQuery(), content.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(content, 0, 10 * UNIT + 500);
      out.flush();
    }
    // When
    int received =
        await()
            .atMost(Duration.ofMinutes(5))
            .until(
                () ->
                    Integer.parseInt(
                        client
                            .chunk(url, "query", 0, BodyPublishers.noBody())
                            .header("x-goog-upload-size-received")),
                size -> size == 10 * UNIT);
    Answer rest =
        client.chunk(
            url,
            "upload, finalize",
            received,
            BodyPublishers.ofByteArray(content, received, content.length - received));
    // Then
    JsonNode file = rest.json().path("file");
    assertThat(file.path("name").textValue()).isEqualTo("files/own-name");
    assertThat(downloaded(file)).isEqualTo(new String(content, StandardCharsets.UTF_8));
    assertThat(
            client.start("{\"file\":{\"name\":\"files/own-name\"}}", 5).json().at("/error/status"))
        .hasToString("\"ALREADY_EXISTS\"");
  }

  @Test
  void aFaultCutsAnUploadAfterSomeBytes() throws IOException {
    // Given
    byte[] content = bytes(9 * UNIT);
    client
        .wire()
        .admin(
            "POST",
            "/faults",
            "{match: {call: upload_file, nth: 1}, do: {cut_upload_after: 5000}}");
    String url = client.session("{}", content.length);
    // When
    boolean cut = false;
    try {
      client.chunk(url, "upload, finalize", 0, BodyPublishers.ofByteArray(content));
    } catch (IOException e) {
      cut = true;
    }
    Answer query = client.chunk(url, "query", 0, BodyPublishers.noBody());
    // Then
    assertThat(cut).isTrue();
    assertThat(query.header("x-goog-upload-status")).isEqualTo("active");
    assertThat(query.header("x-goog-upload-size-received")).isEqualTo("4096");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"file\":{\"name\":\"own\"}}; 5; 400",
        "{\"file\":{\"name\":\"files/Own\"}}; 5; 400",
        "{\"file\":{\"name\":\"files/01234567890123456789012345678901234567890\"}}; 5; 400",
        "{\"file\":{\"nonsense\":1}}; 5; 400",
        "{\"file\"; 5; 400",
        "{}; 100001; 400",
        "{\"file\":{\"display_name\":\"x\",\"mime_type\":\"jsonl\"}}; 5; 200"
      })
  void aStartIsChecked(String file, long length, int status) throws IOException {
    assertThat(client.start(file, length).status()).isEqualTo(status);
  }

  @Test
  void anUploadMustHaveItsDeclaredLengthAndFitTheStorage() throws IOException {
    // Given
    String tooShort = client.session("{}", 10);
    String tooLong = client.session("{}", 10);
    // When
    Answer shortAnswer =
        client.chunk(tooShort, "upload, finalize", 0, BodyPublishers.ofString("12345"));
    Answer longAnswer =
        client.chunk(tooLong, "upload, finalize", 0, BodyPublishers.ofString("12345678901"));
    String big = client.session("{}", 99_000);
    client.chunk(big, "upload, finalize", 0, BodyPublishers.ofByteArray(bytes(99_000)));
    Answer full = client.start("{}", 99_000);
    Answer gone =
        client.chunk(big.replace("upload_id=", "upload_id=x"), "query", 0, BodyPublishers.noBody());
    // Then
    assertThat(shortAnswer.status()).isEqualTo(400);
    assertThat(longAnswer.status()).isEqualTo(400);
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.error().path("status").textValue()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(gone.status()).isEqualTo(403);
  }

  @Test
  void listsInPagesAndDeletes() throws IOException {
    // Given
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      names.addFirst(client.uploaded("{}\n"));
    }
    // When
    JsonNode first = client.wire().get("/v1beta/files?pageSize=2").json();
    JsonNode second =
        client
            .wire()
            .get("/v1beta/files?page_size=2&pageToken=" + first.path("nextPageToken").textValue())
            .json();
    Answer deleted = client.wire().delete("/v1beta/" + names.get(0));
    Answer gone = client.wire().get("/v1beta/" + names.get(0));
    // Then
    assertThat(names(first)).isEqualTo(names.subList(0, 2));
    assertThat(names(second)).isEqualTo(names.subList(2, 3));
    assertThat(second.has("nextPageToken")).isFalse();
    assertThat(deleted.body()).isEqualTo("{}");
    assertThat(gone.status()).isEqualTo(403);
    assertThat(gone.error().path("status").textValue()).isEqualTo("PERMISSION_DENIED");
    assertThat(client.wire().get("/v1beta/files?pageToken=x").status()).isEqualTo(400);
    assertThat(
            GeminiClient.of(simulator.rootUri(), "AIza-other").wire().get("/v1beta/files").body())
        .isEqualTo("{}");
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("files").forEach(file -> names.add(file.path("name").textValue()));
    return names;
  }

  @Test
  void aFileLivesForTwoDays() throws IOException {
    // Given
    String name = client.uploaded("{}\n");
    // When
    simulator.clock().advance(Duration.ofHours(47));
    int almost = client.wire().get("/v1beta/" + name).status();
    simulator.clock().advance(Duration.ofHours(1));
    // Then
    assertThat(almost).isEqualTo(200);
    assertThat(client.wire().get("/v1beta/" + name).status()).isEqualTo(403);
    assertThat(client.wire().admin("GET", "/ledger/summary", "").path("files_left").intValue())
        .isZero();
  }

  @Test
  void aKeyComesInThreeWays() throws IOException {
    // Given
    try (Simulator strict =
        Simulator.start(SimulatorConfig.defaults().withKeys(Map.of("AIza", "p1")))) {
      WireClient none = new WireClient(strict.rootUri(), Map.of());
      WireClient bearer = new WireClient(strict.rootUri(), Map.of("Authorization", "Bearer AIza"));
      // When
      List<Integer> accepted =
          Arrays.asList(
              GeminiClient.of(strict.rootUri(), "AIza").wire().get("/v1beta/files").status(),
              bearer.get("/v1beta/files").status(),
              none.get("/v1beta/files?key=AIza").status());
      Answer missing = none.get("/v1beta/files");
      Answer wrong = none.get("/v1beta/files?key=other");
      // Then
      assertThat(accepted).containsOnly(200);
      assertThat(missing.status()).isEqualTo(403);
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.json().at("/error/details/0/reason").textValue())
          .isEqualTo("API_KEY_INVALID");
    }
  }

  @Test
  void theVersionV1SharesItsPathsWithOpenAi() throws IOException {
    // Given: google-genai 2 asks for v1 unless told otherwise
    String name = client.uploaded("{}\n");
    // When
    Answer gemini = client.wire().get("/v1/files");
    Answer openAi =
        new WireClient(simulator.rootUri(), Map.of("Authorization", "Bearer sk-test"))
            .get("/v1/files");
    // Then
    assertThat(gemini.json().at("/files/0/name").textValue()).isEqualTo(name);
    assertThat(openAi.json().path("object").textValue()).isEqualTo("list");
  }
}
