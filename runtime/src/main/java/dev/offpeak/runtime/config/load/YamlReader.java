package dev.offpeak.runtime.config.load;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Reads YAML into nodes that keep each scalar's text as written: a version {@code 1.10} must not
 * become the number 1.1. Repeated keys, aliases and second documents are refused.
 */
final class YamlReader {

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private YamlReader() {}

  /**
   * The document's root; an empty document is absent.
   *
   * @throws IOException when it cannot be read or is not such YAML; the message names the line
   */
  static ConfigNode read(Reader source) throws IOException {
    try (var parser = YAML.createParser(source)) {
      var root = parser.nextToken() == null ? new ConfigNode.Absent() : node(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is a second document");
      }
      return root;
    }
  }

  private static ConfigNode node(YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias()) {
      throw new JsonParseException(parser, "aliases (*name) are not supported");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser);
      case START_ARRAY -> listing(parser);
      case VALUE_NULL -> new ConfigNode.Absent();
      default -> new ConfigNode.Scalar(parser.getText());
    };
  }

  private static ConfigNode mapping(YAMLParser parser) throws IOException {
    var entries = new LinkedHashMap<String, ConfigNode>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      parser.nextToken();
      entries.put(key, node(parser));
    }
    return new ConfigNode.Mapping(entries);
  }

  private static ConfigNode listing(YAMLParser parser) throws IOException {
    var elements = new ArrayList<ConfigNode>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(parser));
    }
    return new ConfigNode.Listing(elements);
  }
}
