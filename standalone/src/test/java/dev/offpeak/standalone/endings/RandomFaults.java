package dev.offpeak.standalone.endings;

import dev.offpeak.core.lane.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Scenarios of faults in no order that anybody thought of, by seed. */
final class RandomFaults {

  private static final int SCENARIOS = 4;
  private static final int REQUESTS = 4;
  private static final int FAULTS = 10;
  private static final int LATEST_CALL = 12;

  private static final List<Kind> KINDS =
      List.of(
          new Kind("", "problem: overloaded"),
          new Kind("", "problem: server_error"),
          new Kind("", "problem: server_error, after_effect: true"),
          new Kind("", "problem: rate_limit, retry: {after_ms: 3000, as: seconds}"),
          new Kind("", "problem: insufficient_funds"),
          new Kind("", "cut: true"),
          new Kind("", "cut: true, after_effect: true"),
          new Kind("call: upload_file, ", "cut_upload_after: 200"),
          new Kind("call: download_file, ", "truncate_after: 300"),
          new Kind("call: create_batch, ", "job: {expire_at: 0.5}"),
          new Kind("call: create_batch, ", "job: {cancel_at: 0.5}"),
          new Kind("call: create_batch, ", "job: {fail_share: 0.5, fail_status: 429}"),
          new Kind("call: create_batch, ", "job: {missing: 1, duplicate: 1, foreign: 1}"));

  /** What goes wrong, with which calls. */
  private record Kind(String match, String then) {}

  private RandomFaults() {}

  /** Some for each provider, by account; the same for the same seed. */
  static Map<String, Scene.Part> parts(long seed) {
    Map<String, Scene.Part> parts = new LinkedHashMap<>();
    Random random = new Random(seed);
    for (int i = 0; i < SCENARIOS; i++) {
      for (Provider provider : Line.PROVIDERS) {
        String account = provider.id() + "-random-" + i;
        parts.put(account, new Scene.Part(account, provider, scenario(random)));
      }
    }
    return parts;
  }

  /** Each fault happens once, to one of the first calls of its kind: then they stop. */
  private static Scenario scenario(Random random) {
    Scenario scenario = Scenario.of(REQUESTS);
    for (int i = 0; i < FAULTS; i++) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      int most = kind.match().isEmpty() ? LATEST_CALL : 2;
      scenario =
          scenario.with(
              new Fault(
                  kind.match() + "nth: " + (1 + random.nextInt(most)),
                  "{" + kind.then() + "}",
                  null));
    }
    return scenario;
  }
}
