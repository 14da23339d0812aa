package dev.offpeak.simulator.openai.files;

import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.wire.FileLife;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The multipart body of an upload: the file goes to disk as it arrives, the fields to memory. */
final class Upload implements AutoCloseable {
  private static final int MAX_FIELD_BYTES = 1000;
  private static final List<String> PURPOSES =
      List.of("assistants", "batch", "fine-tune", "vision", "user_data", "evals");

  private final Path part;
  private final Map<String, String> fields = new HashMap<>();
  private @Nullable String fileName;
  private long bytes;

  private Upload(Path part) {
    this.part = part;
  }

  static Upload read(Exchange exchange, Path part, OpenAiLimits limits) throws IOException {
    Upload upload = new Upload(part);
    try {
      upload.read(multipart(exchange), limits);
      return upload;
    } catch (IOException | RuntimeException e) {
      upload.close();
      throw e;
    }
  }

  private static MultipartReader multipart(Exchange exchange) throws IOException {
    try {
      return new MultipartReader(exchange.stream(), exchange.contentType());
    } catch (IllegalArgumentException e) {
      throw OpenAiErrors.refuse(e.getMessage() + ".", null, null);
    }
  }

  private void read(MultipartReader parts, OpenAiLimits limits) throws IOException {
    while (parts.next()) {
      if (!parts.name().equals("file")) {
        fields.put(parts.name(), parts.text(MAX_FIELD_BYTES));
        continue;
      }
      fileName = parts.fileName().orElse("upload");
      try (OutputStream out = new Limited(Files.newOutputStream(part), limits.maxFileBytes())) {
        bytes = parts.copyTo(out);
      }
    }
  }

  /** Refuses what the real API refuses. */
  void check(OpenAiLimits limits) {
    if (fileName == null) {
      throw OpenAiErrors.refuse("'file' is a required property", null, null);
    }
    if (!fields.containsKey("purpose")) {
      throw OpenAiErrors.refuse("'purpose' is a required property", null, null);
    }
    if (!PURPOSES.contains(purpose())) {
      throw OpenAiErrors.refuse(
          "'" + purpose() + "' is not one of ['" + String.join("', '", PURPOSES) + "'] - 'purpose'",
          null,
          null);
    }
    if (purpose().equals("batch") && bytes > limits.maxBatchFileBytes()) {
      throw OpenAiErrors.refuse("File is too large.", null, null);
    }
    lifeMillis(limits);
  }

  Path part() {
    return part;
  }

  String fileName() {
    return fileName == null ? "" : fileName;
  }

  String purpose() {
    return fields.getOrDefault("purpose", "");
  }

  /** How long the file lives, null for ever. */
  @Nullable Long lifeMillis(OpenAiLimits limits) {
    String seconds = fields.get("expires_after[seconds]");
    String anchor = fields.get("expires_after[anchor]");
    if (seconds == null && anchor == null) {
      return purpose().equals("batch") ? limits.fileLifeSeconds() * 1000 : null;
    }
    if (!"created_at".equals(anchor)) {
      throw OpenAiErrors.refuse(
          "Invalid 'expires_after.anchor': '" + anchor + "'. It must be 'created_at'.",
          "expires_after.anchor",
          "invalid_value");
    }
    return FileLife.seconds(seconds, "expires_after.seconds") * 1000;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(part);
  }

  /** Refuses a file while it arrives, as soon as it is too large. */
  private static final class Limited extends FilterOutputStream {
    private long left;

    Limited(OutputStream out, long limit) {
      super(out);
      this.left = limit;
    }

    @Override
    public void write(int b) throws IOException {
      count(1);
      out.write(b);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      count(len);
      out.write(b, off, len);
    }

    private void count(int len) {
      left -= len;
      if (left < 0) {
        String message = "The uploaded file exceeds the maximum allowed size.";
        throw new Refusal(
            OpenAiErrors.reply(
                413, new ErrorBody(message, OpenAiErrors.INVALID_REQUEST, null, null)));
      }
    }
  }
}
