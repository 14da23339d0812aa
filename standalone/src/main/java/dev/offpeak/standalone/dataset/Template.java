package dev.offpeak.standalone.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Text with the fields of a record in it: {@code {question}} stands for the value of the field
 * {@code question}, <code>{{</code> and <code>}}</code> for a brace.
 */
public final class Template {

  private sealed interface Part {
    record Text(String text) implements Part {}

    record Field(String name) implements Part {}
  }

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when a brace stands alone
   */
  public static Template parse(String source) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (source.startsWith("{{", at) || source.startsWith("}}", at)) {
        text.append(c);
        at += 2;
      } else if (c == '{') {
        int end = endOfField(source, at);
        parts.add(new Part.Text(text.toString()));
        parts.add(new Part.Field(source.substring(at + 1, end)));
        text.setLength(0);
        at = end + 1;
      } else if (c == '}') {
        throw alone(source, at);
      } else {
        text.append(c);
        at++;
      }
    }
    parts.add(new Part.Text(text.toString()));
    return new Template(parts);
  }

  private static int endOfField(String source, int open) {
    int end = source.indexOf('}', open);
    if (end <= open + 1) {
      throw alone(source, open);
    }
    return end;
  }

  private static IllegalArgumentException alone(String source, int at) {
    return new IllegalArgumentException(
        "'%s' has a '%s' at %d that belongs to no {field}; write it twice to have the brace itself"
            .formatted(source, source.charAt(at), at + 1));
  }

  /**
   * The text for one record.
   *
   * @throws UnusableRecord when the record lacks a field
   */
  String fill(Map<String, String> fields) throws UnusableRecord {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> filled.append(text);
        case Part.Field(String name) -> filled.append(value(fields, name));
      }
    }
    return filled.toString();
  }

  private static String value(Map<String, String> fields, String name) throws UnusableRecord {
    String value = fields.get(name);
    if (value == null) {
      throw new UnusableRecord(
          "it has no field '%s'; its fields are %s".formatted(name, fields.keySet()));
    }
    return value;
  }
}
