package dev.offpeak.standalone.up;

import dev.offpeak.standalone.node.NodeAddresses;
import java.nio.file.Path;

/**
 * Where an installation is.
 *
 * @param gateway host and port
 * @param console host and port
 * @param node the addresses of its other parts
 * @param destination who executes its requests
 * @param folder of its state
 */
public record UpAddresses(
    String gateway, String console, NodeAddresses node, String destination, Path folder) {

  /** As a person wants to read it. */
  public String text() {
    StringBuilder text = new StringBuilder("Offpeak is up; Ctrl-C stops it.\n");
    line(text, "gateway", "http://" + gateway + "/v1  (OpenAI's SDKs: base_url)");
    line(text, "", "http://" + gateway + "     (Anthropic's and Google's SDKs)");
    line(text, "console", "http://" + console + "/  (what was spent and saved, in a browser)");
    line(text, "Kafka", node.kafka());
    line(text, "schemas", node.registry());
    if (node.simulator() == null) {
      line(text, "asks", destination);
    } else {
      line(
          text, "simulator", node.simulator() + "  (stands in for all providers; no call is paid)");
    }
    line(text, "state", folder.toString());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  ")
        .append(name)
        .append(" ".repeat(11 - name.length()))
        .append(value)
        .append('\n');
  }
}
