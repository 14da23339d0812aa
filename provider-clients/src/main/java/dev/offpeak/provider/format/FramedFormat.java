package dev.offpeak.provider.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Position;
import dev.offpeak.provider.BatchFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A file made of fixed pieces: {@code head (beforeId id afterId body afterBody)* tail}. */
final class FramedFormat implements BatchFormat {

  private final byte[] head;
  private final byte[] beforeId;
  private final Function<Lane, byte[]> afterId;
  private final byte[] afterBody;
  private final byte[] separator;
  private final byte[] tail;
  private final @Nullable BatchFormat usual;

  FramedFormat(
      String head,
      String beforeId,
      Function<Lane, byte[]> afterId,
      String afterBody,
      String separator,
      String tail,
      @Nullable BatchFormat usual) {
    this.head = head.getBytes(UTF_8);
    this.beforeId = beforeId.getBytes(UTF_8);
    this.afterId = afterId;
    this.afterBody = afterBody.getBytes(UTF_8);
    this.separator = separator.getBytes(UTF_8);
    this.tail = tail.getBytes(UTF_8);
    this.usual = usual;
  }

  @Override
  public BatchFormat usual() {
    return usual == null ? this : usual;
  }

  @Override
  public int fileOverhead() {
    return head.length + tail.length;
  }

  @Override
  public int separatorLength() {
    return separator.length;
  }

  @Override
  public int lineOverhead(Lane lane) {
    return beforeId.length
        + Position.PROVIDER_ID_LENGTH
        + afterId.apply(lane).length
        + afterBody.length;
  }

  @Override
  public void writeHead(OutputStream sink) throws IOException {
    sink.write(head);
  }

  @Override
  public void writeSeparator(OutputStream sink) throws IOException {
    sink.write(separator);
  }

  @Override
  public void writeLine(
      Lane lane,
      int partition,
      long offset,
      byte[] body,
      int start,
      int length,
      boolean compact,
      OutputStream sink)
      throws IOException {
    byte[] id = new byte[Position.PROVIDER_ID_LENGTH];
    Position.writeProviderId(partition, offset, id, 0);
    sink.write(beforeId);
    sink.write(id);
    sink.write(afterId.apply(lane));
    if (compact) {
      sink.write(body, start, length);
    } else {
      JsonCompaction.write(body, start, length, sink);
    }
    sink.write(afterBody);
  }

  @Override
  public void writeTail(OutputStream sink) throws IOException {
    sink.write(tail);
  }
}
