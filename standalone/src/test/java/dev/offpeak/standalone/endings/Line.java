package dev.offpeak.standalone.endings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A request as a line of a batch file.
 *
 * @param account that it goes to
 * @param model named in a header, where the line does not name it
 * @param body the provider's request, in its one line as it is uploaded
 */
record Line(Provider provider, String account, String model, String customId, String body) {
  /** Whose endings are looked at, in the order of the page. */
  static final List<Provider> PROVIDERS =
      List.of(Provider.OPENAI, Provider.ANTHROPIC, Provider.GEMINI);

  static Line of(Scene.Part part, int index, String content) {
    String customId = part.account() + "/" + index;
    String model = model(part.provider());
    String text = customId + ": " + content;
    boolean broken = content.equals(Scenario.NO_REQUEST);
    String body =
        switch (part.provider().id()) {
          case "openai" ->
              "{\"model\":\"%s\",\"%s\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                  .formatted(model, broken ? "letters" : "messages", text);
          case "anthropic" ->
              "{\"model\":\"%s\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                  .formatted(model, text);
          default -> "{\"contents\":[{\"parts\":[{\"text\":\"%s\"}]}]}".formatted(text);
        };
    return new Line(part.provider(), part.account(), model, customId, body);
  }

  private static String model(Provider provider) {
    return switch (provider.id()) {
      case "openai" -> "gpt-4o-mini";
      case "anthropic" -> "claude-haiku-4-5";
      default -> "gemini-2.5-flash";
    };
  }

  /** Its record in llm.requests. All of an account are in one partition, in their order. */
  ProducerRecord<byte[], byte[]> record(String topic, Instant now, @Nullable Instant deadline) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, null, now.toEpochMilli(), account.getBytes(UTF_8), json().getBytes(UTF_8));
    record.headers().add(OffpeakHeaders.ACCOUNT, account.getBytes(UTF_8));
    if (provider.equals(Provider.GEMINI)) {
      record.headers().add(OffpeakHeaders.MODEL, model.getBytes(UTF_8));
    }
    if (deadline != null) {
      record.headers().add(OffpeakHeaders.DEADLINE, deadline.toString().getBytes(UTF_8));
    }
    return record;
  }

  private String json() {
    return switch (provider.id()) {
      case "openai" ->
          "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}"
              .formatted(customId, body);
      case "anthropic" -> "{\"custom_id\":\"%s\",\"params\":%s}".formatted(customId, body);
      default -> "{\"key\":\"%s\",\"request\":%s}".formatted(customId, body);
    };
  }

  /** As in the simulator's ledger. */
  String bodyHash() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
