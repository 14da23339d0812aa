package dev.offpeak.simulator;

import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.fault.FaultRule;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator runs.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param dataFolder where everything is kept so that a restart goes on with it; null: a temporary
 *     folder that is deleted when the simulator closes
 * @param seed decides everything that looks random, ids apart
 * @param speed simulated seconds per real second
 * @param pace how long a job stays in each state, in simulated time
 * @param failureRate share of the requests that fail at random, 0 to 1
 * @param keys organisation by API key; empty: every key is accepted, each as its own organisation
 * @param faults faults in force from the start
 * @param rules how strict and how odd the stand-ins are
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false, addFunctionalMethodsToWith = false)
public record SimulatorConfig(
    String host,
    int port,
    @Nullable Path dataFolder,
    long seed,
    double speed,
    Pace pace,
    double failureRate,
    Map<String, String> keys,
    List<FaultRule> faults,
    ProviderRules rules)
    implements SimulatorConfigBuilder.With {

  /** Checks the numbers. */
  public SimulatorConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + "; it must be 0 to 65535");
    }
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + "; it must be above 0");
    }
    if (!(failureRate >= 0 && failureRate <= 1)) {
      throw new IllegalArgumentException(
          "failure rate is " + failureRate + "; it must be between 0 and 1");
    }
    keys = Map.copyOf(keys);
    faults = List.copyOf(faults);
  }

  /**
   * A free port of the local host, nothing kept, jobs as fast as the machine can, no failures, the
   * documented limits and all observed quirks.
   */
  public static SimulatorConfig defaults() {
    return new SimulatorConfig(
        "127.0.0.1", 0, null, 1, 1, Pace.AT_ONCE, 0, Map.of(), List.of(), ProviderRules.STRICT);
  }

  /** The same on another address. */
  public SimulatorConfig withAddress(String itsHost, int itsPort) {
    return withHost(itsHost).withPort(itsPort);
  }

  /** The same with other limits and quirks of OpenAI. */
  public SimulatorConfig withOpenAi(OpenAiRules others) {
    return withRules(new ProviderRules(others, rules.anthropic(), rules.gemini(), rules.billing()));
  }

  /** The same with other limits and quirks of Anthropic. */
  public SimulatorConfig withAnthropic(AnthropicRules others) {
    return withRules(new ProviderRules(rules.openai(), others, rules.gemini(), rules.billing()));
  }

  /** The same with other limits and quirks of Gemini. */
  public SimulatorConfig withGemini(GeminiRules others) {
    return withRules(new ProviderRules(rules.openai(), rules.anthropic(), others, rules.billing()));
  }
}
