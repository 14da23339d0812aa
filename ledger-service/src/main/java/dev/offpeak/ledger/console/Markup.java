package dev.offpeak.ledger.console;

import java.util.List;
import java.util.Set;

/**
 * A piece of a page. Text becomes one in one way only, escaped, so that no word of a topic is ever
 * read as a tag.
 */
final class Markup {

  /** Nothing. */
  static final Markup NONE = new Markup("");

  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr", "img");

  private final String html;

  private Markup(String html) {
    this.html = html;
  }

  /** A part of a tag. */
  private record Attribute(String name, String value) {}

  /** An attribute for {@link #tag}. */
  static Object at(String name, Object value) {
    return new Attribute(name, value.toString());
  }

  /** Text as it is read. */
  static Markup text(String text) {
    return new Markup(escaped(text));
  }

  /** One after the other. */
  static Markup all(List<Markup> parts) {
    StringBuilder html = new StringBuilder();
    parts.forEach(part -> html.append(part.html));
    return new Markup(html.toString());
  }

  /**
   * An element.
   *
   * @param parts attributes, pieces, and texts, which are escaped
   */
  static Markup tag(String name, Object... parts) {
    StringBuilder open = new StringBuilder().append('<').append(name);
    StringBuilder inner = new StringBuilder();
    for (Object part : parts) {
      switch (part) {
        case Attribute(String key, String value) ->
            open.append(' ').append(key).append("=\"").append(escaped(value)).append('"');
        case Markup piece -> inner.append(piece.html);
        default -> inner.append(escaped(part.toString()));
      }
    }
    open.append('>').append(inner);
    return new Markup(VOID.contains(name) ? open.toString() : open + "</" + name + ">");
  }

  /** Letters that mean something in HTML, and those that are not to be seen, become harmless. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c == '\0' || isTurning(c) ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }

  /** What turns the direction of writing could show another word than there is. */
  private static boolean isTurning(char c) {
    return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
  }

  @Override
  public String toString() {
    return html;
  }
}
