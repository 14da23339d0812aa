package dev.offpeak.provider;

import static dev.offpeak.provider.server.Fixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.runtime.config.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Payloads that are not held in memory. With {@code -Doffpeak.payload.mb=1000} and a small heap
 * they show that no length matters.
 */
class BigPayloadsTest {

  private static final long LENGTH = Long.getLong("offpeak.payload.mb", 64) * 1_000_000 + 7;
  private static final int CHUNK = 8 * 1024 * 1024;

  private final AtomicLong received = new AtomicLong();

  @Test
  void createOfAnthropicStreamsItsBody() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.then(
          conversation -> {
            received.addAndGet(conversation.skipBody(conversation.length()));
            conversation.answer(
                200,
                "{\"id\":\"b\",\"processing_status\":\"in_progress\",\"created_at\":\"2026-11-24T12:00:00Z\"}");
          });
      ok(provider(Provider.ANTHROPIC, server).create(create()));
      assertThat(received).hasValue(LENGTH);
    }
  }

  @Test
  void uploadToGeminiStreamsItsFile() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.thenAnswer(200, "", "X-Goog-Upload-Url: " + server.url() + "/session");
      long last = (LENGTH - 1) / CHUNK;
      for (long chunk = 0; chunk <= last; chunk++) {
        String status = chunk == last ? "final" : "active";
        server.then(
            conversation -> {
              received.addAndGet(conversation.skipBody(conversation.length()));
              conversation.answer(
                  200, "{\"file\":{\"name\":\"files/a\"}}", "X-Goog-Upload-Status: " + status);
            });
      }
      ok(provider(Provider.GEMINI, server).upload("a.jsonl", new Bytes()));
      assertThat(received).hasValue(LENGTH);
    }
  }

  private static BatchProvider provider(Provider provider, ScriptedServer server) {
    AccountConfig config =
        AccountConfig.of(provider)
            .withBaseUrl(server.url().resolve("/"))
            .withKey(new Secret("test", "k"));
    return BatchProviders.of(
        Fixture.account(config),
        BatchProviders.newHttpClient(),
        Fixture.CLOCK,
        Fixture.PATIENT,
        CallListener.NONE);
  }

  private static CreateJob create() {
    return new CreateJob(
        "01BATCH",
        Lane.of(Provider.ANTHROPIC, "main", "/v1/messages", ""),
        null,
        new Bytes(),
        1,
        Fixture.NOW);
  }

  private static final class Bytes implements Payload {

    @Override
    public long length() {
      return LENGTH;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      byte[] piece = new byte[10_000];
      for (long left = LENGTH; left > 0; left -= piece.length) {
        sink.write(piece, 0, (int) Math.min(left, piece.length));
      }
    }
  }
}
