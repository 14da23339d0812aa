package dev.offpeak.standalone.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.standalone.input.Line;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Writes a line of OpenAI's batch file for each record: a chat completion in the shape that was
 * asked for.
 */
public final class ChatLines implements Closeable {

  private final ChatShape shape;
  private final RecordReader records;
  private final JsonGenerator out;

  /**
   * @param out gets the lines; closed with this
   */
  public ChatLines(ChatShape shape, OutputStream out) throws IOException {
    JsonFactory json = new JsonFactory();
    this.shape = shape;
    this.records = new RecordReader(json);
    this.out = json.createGenerator(out).setRootValueSeparator(null);
  }

  /**
   * Writes the request of one record.
   *
   * @throws UnusableRecord when none can be made of it; nothing was written then
   */
  public void write(Line line) throws IOException, UnusableRecord {
    try {
      switch (line) {
        case Line.Fitting fitting -> write(fitting.place().line(), records.read(fitting.bytes()));
        case Line.TooLong tooLong ->
            throw new UnusableRecord("it is %,d bytes long".formatted(tooLong.length()));
      }
    } catch (UnusableRecord e) {
      throw new UnusableRecord("line " + line.place().line() + ": " + e.getMessage());
    }
  }

  private void write(long number, Map<String, String> fields) throws IOException, UnusableRecord {
    String customId = shape.customId(number, fields);
    String system = shape.system() == null ? null : shape.system().fill(fields);
    String prompt = shape.prompt().fill(fields);
    out.writeStartObject();
    out.writeStringField("custom_id", customId);
    out.writeStringField("method", "POST");
    out.writeStringField("url", "/v1/chat/completions");
    out.writeObjectFieldStart("body");
    out.writeStringField("model", shape.model());
    out.writeArrayFieldStart("messages");
    if (system != null) {
      message("system", system);
    }
    message("user", prompt);
    out.writeEndArray();
    if (shape.maxTokens() != null) {
      out.writeNumberField("max_completion_tokens", shape.maxTokens());
    }
    out.writeEndObject();
    out.writeEndObject();
    out.writeRaw('\n');
  }

  private void message(String role, String content) throws IOException {
    out.writeStartObject();
    out.writeStringField("role", role);
    out.writeStringField("content", content);
    out.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
