package dev.offpeak.schemas.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.LineShape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names at the top level of a request line, and its id, as far as they can be told however
 * broken the line is: whose shape it was meant to have, and which request it was. Reads the bytes
 * once, in any pieces, and keeps little of them.
 */
public final class LineOutline {

  private static final int MAX_NAMES = 64;
  private static final int MAX_TEXT = 512;

  /** What stands for bytes that are no UTF-8. */
  private static final char NO_CHARACTER = '\uFFFD';

  private final Set<String> names = new LinkedHashSet<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean cut;
  private @Nullable String candidate;
  private @Nullable String name;
  private @Nullable String customId;

  /** The outline of a whole value. */
  public static LineOutline of(ByteBuffer value) {
    LineOutline outline = new LineOutline();
    ByteBuffer rest = value.duplicate();
    while (rest.hasRemaining()) {
      outline.take(rest.get());
    }
    return outline;
  }

  /** Reads on. */
  public void take(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      take(bytes[i]);
    }
  }

  private void take(byte b) {
    if (inString) {
      takeText(b);
      return;
    }
    switch (b) {
      case '"' -> {
        inString = true;
        cut = false;
        text.reset();
      }
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      case ':' -> {
        if (depth == 1 && candidate != null && names.size() < MAX_NAMES) {
          name = candidate;
          names.add(candidate);
        }
      }
      case ',' -> name = depth == 1 ? null : name;
      default -> {}
    }
    if (b > ' ') {
      candidate = null;
    }
  }

  private void takeText(byte b) {
    if (!escaped && b == '"') {
      inString = false;
      endText();
      return;
    }
    escaped = !escaped && b == '\\';
    if (depth == 1) {
      if (text.size() < MAX_TEXT) {
        text.write(b);
      } else {
        cut = true;
      }
    }
  }

  private void endText() {
    if (depth != 1) {
      return;
    }
    String said = text.toString(UTF_8);
    if (name == null) {
      candidate = cut ? null : said;
    } else if (customId == null && (name.equals("custom_id") || name.equals("key"))) {
      customId = said.indexOf(NO_CHARACTER) < 0 ? said : null;
    }
  }

  /** Names at the top level, in their order. */
  public Set<String> names() {
    return names;
  }

  /** The beginning of the id, with its escapes as they stand, or null when none was seen. */
  public @Nullable String customId() {
    return TextRules.clip(customId);
  }

  /** The shape that it was meant to have, or null when it looks like nobody's. */
  public @Nullable LineShape shape() {
    return LineShape.ofNames(names);
  }
}
