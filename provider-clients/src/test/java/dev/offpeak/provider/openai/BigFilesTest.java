package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Files of 300 MB pass both ways, as they do with a heap of 32 MB. */
class BigFilesTest {

  private static final byte[] LINE =
      ("{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"text\":\""
              + "x".repeat(9_000)
              + "\"}}}\n")
          .getBytes(UTF_8);
  private static final int LINES = 33_000;

  @Test
  void uploadStreams() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      CompletableFuture<Long> received = new CompletableFuture<>();
      server.then(
          conversation -> {
            received.complete(conversation.skipBody(conversation.length()));
            conversation.answer(200, "{\"id\":\"file-1\"}");
          });
      Fixture.ok(OpenAiFixture.provider(server.url()).upload("a.jsonl", new Lines()));
      assertThat(received.get(5, TimeUnit.MINUTES))
          .isBetween((long) LINE.length * LINES, (long) LINE.length * LINES + 1_000);
    }
  }

  @Test
  void downloadStreams() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.then(
          conversation -> {
            conversation.head(200, (long) LINE.length * LINES);
            for (int i = 0; i < LINES; i++) {
              conversation.send(LINE);
            }
          });
      int read = 0;
      ResultSource source = new ResultSource("file-1", ResultSource.Kind.OUTPUT_FILE);
      try (ResultStream lines = Fixture.ok(OpenAiFixture.provider(server.url()).open(source))) {
        while (lines.next() instanceof ResultLine.Succeeded line) {
          assertThat(line.body()).hasSize(9_011);
          read++;
        }
      }
      assertThat(read).isEqualTo(LINES);
    }
  }

  private static final class Lines implements Payload {

    @Override
    public long length() {
      return (long) LINE.length * LINES;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      for (int i = 0; i < LINES; i++) {
        sink.write(LINE);
      }
    }
  }
}
