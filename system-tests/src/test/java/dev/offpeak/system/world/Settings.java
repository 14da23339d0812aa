package dev.offpeak.system.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the YAML of an instance, as an operator would. */
final class Settings {

  /** All keys are the simulator's to know; each account is an organisation of its own there. */
  static final Map<String, String> KEYS =
      Map.of(
          "SIMULATOR_KEY_OPENAI", "sk-openai",
          "SIMULATOR_KEY_SPARE", "sk-spare",
          "SIMULATOR_KEY_HAIKU", "sk-haiku",
          "SIMULATOR_KEY_SONNET", "sk-sonnet",
          "SIMULATOR_KEY_GEMINI", "sk-gemini");

  private final Addresses addresses;
  private final Tuning tuning;

  Settings(Addresses addresses, Tuning tuning) {
    this.addresses = addresses;
    this.tuning = tuning;
  }

  /**
   * Of one instance.
   *
   * @param name such as {@code submitter-1}
   * @param http its port for health and metrics
   * @param api the port for clients, of the ingest-service only
   * @param folder its own
   */
  String of(Kind kind, String name, int http, int api, Path folder) {
    return common(kind, name, http)
        + switch (kind) {
          case INGEST -> "api: {port: %d}\n".formatted(api);
          case BATCHER -> registry() + accounts() + batcher(name, folder);
          case SUBMITTER -> registry() + accounts() + submitter(name);
          case RESULTS -> registry() + accounts() + results(folder);
        };
  }

  private String common(Kind kind, String name, int http) {
    Map<String, String> kafka = new LinkedHashMap<>();
    if (kind == Kind.BATCHER || kind == Kind.RESULTS) {
      kafka.put("session.timeout.ms", Long.toString(tuning.session().toMillis()));
      kafka.put("heartbeat.interval.ms", Long.toString(tuning.session().toMillis() / 8));
    }
    if (kind == Kind.RESULTS && tuning.staticMembers()) {
      kafka.put("group.instance.id", name);
    }
    StringBuilder properties = new StringBuilder();
    kafka.forEach((key, value) -> properties.append("    %s: \"%s\"%n".formatted(key, value)));
    return "kafka:\n  bootstrap-servers: \"%s\"\n".formatted(addresses.kafka())
        + (kafka.isEmpty() ? "" : "  properties:\n" + properties)
        + "http: {host: 127.0.0.1, port: %d}\n".formatted(http)
        + "limits: {request-bytes: 1MiB}\n";
  }

  private String registry() {
    return "registry: {url: \"%s\"}\n".formatted(addresses.registry());
  }

  private String accounts() {
    return """
    accounts:
      openai: {provider: openai, base-url: "%1$s/v1", api-key: "env:SIMULATOR_KEY_OPENAI", models: ["gpt-*"]}
      spare: {provider: openai, base-url: "%1$s/v1", api-key: "env:SIMULATOR_KEY_SPARE", models: ["gpt-*"]}
      haiku: {provider: anthropic, base-url: "%1$s", api-key: "env:SIMULATOR_KEY_HAIKU", models: ["claude-haiku-*"]}
      sonnet: {provider: anthropic, base-url: "%1$s", api-key: "env:SIMULATOR_KEY_SONNET", models: ["claude-sonnet-*"]}
      gemini: {provider: gemini, base-url: "%1$s", api-key: "env:SIMULATOR_KEY_GEMINI", models: ["gemini-*"], limits: {creates-per-minute: 1000}}
    """
        .formatted(addresses.simulator());
  }

  private String batcher(String name, Path folder) {
    return "batching: {linger: %s, check-every: 100ms, deadline-policy: sync}\n"
            .formatted(time(tuning.linger()))
        + "streams: {state-dir: \"%s\", threads: 1, commit-interval: 200ms%s}\n"
            .formatted(
                folder.resolve("state"), tuning.staticMembers() ? ", instance-id: " + name : "");
  }

  private String submitter(String name) {
    return """
    group: {%ssession-timeout: %s, handover: 3s}
    polling: {shortest: 300ms, longest: 2s}
    retries: {first: 200ms, longest: 2s, most-attempts: 100}
    recovery: {settle: %s, showing: %s, search-every: 500ms, lease: %s}
    """
        .formatted(
            tuning.staticMembers() ? "instance-id: " + name + ", " : "",
            time(tuning.session()),
            time(tuning.settle()),
            time(tuning.showing()),
            time(tuning.lease()));
  }

  private static String results(Path folder) {
    return """
    downloads: {folder: "%s", first-retry: 200ms, longest-retry: 2s}
    chunks: {records: 50, time: 1s}
    sync: {first-retry: 200ms, longest-retry: 2s}
    """
        .formatted(folder.resolve("downloads"));
  }

  private static String time(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
