package dev.offpeak.standalone.endings;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.simulator.fault.Hostility;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scenarios of a hostile provider, which gives in after a while. */
final class Hostilities {

  private static final int REQUESTS = 3;
  private static final List<String> CALLS =
      List.of("start_upload", "upload_file", "create_batch", "get_batch", "download_file");

  /** One retry is not enough; but of what moves gigabytes or waits for a call to be given up. */
  private static final int TIMES = 2;

  private static final Set<Hostility> LONG =
      EnumSet.of(
          Hostility.ENDLESS_BODY,
          Hostility.GIANT_LINE,
          Hostility.NEVER_ANSWERS,
          Hostility.HALF_ANSWER,
          Hostility.NEVER_CLOSED,
          Hostility.DRIP,
          Hostility.INTERIM_STORM);

  private Hostilities() {}

  /**
   * Those answers that are sent well and say something else, each at one of the providers, to the
   * first calls of every kind: none of them is waited for in real time.
   */
  static Map<String, Scene.Part> twisted() {
    List<Provider> providers = Line.PROVIDERS;
    Map<String, Scene.Part> parts = new LinkedHashMap<>();
    for (Hostility mode : Hostility.values()) {
      if (mode.kind() == Hostility.Kind.TWISTED) {
        Provider provider = providers.get(mode.ordinal() % providers.size());
        put(parts, provider, mode.toString(), scenario(mode, CALLS));
      }
    }
    return parts;
  }

  /** Each answer in one scenario a provider: to the first calls of every kind. */
  static Map<String, Scene.Part> atAllCalls() {
    Map<String, Scene.Part> parts = new LinkedHashMap<>();
    for (Hostility mode : Hostility.values()) {
      for (Provider provider : Line.PROVIDERS) {
        put(parts, provider, mode.toString(), scenario(mode, CALLS));
      }
    }
    return parts;
  }

  /** Each answer to each kind of call, in a scenario of its own. */
  static Map<String, Scene.Part> atEachCall() {
    Map<String, Scene.Part> parts = new LinkedHashMap<>();
    for (Hostility mode : Hostility.values()) {
      for (String call : CALLS) {
        for (Provider provider : Line.PROVIDERS) {
          put(parts, provider, call + "-" + mode, scenario(mode, List.of(call)));
        }
      }
    }
    return parts;
  }

  private static void put(
      Map<String, Scene.Part> parts, Provider provider, String what, Scenario scenario) {
    String account = (provider.id() + "-" + what).replace('_', '-');
    parts.put(account, new Scene.Part(account, provider, scenario));
  }

  private static Scenario scenario(Hostility mode, List<String> calls) {
    Scenario scenario = Scenario.of(REQUESTS);
    for (String call : calls) {
      boolean hidesABatch =
          mode.kind() == Hostility.Kind.INSTEAD && call.equals("create_batch") && !isRefusal(mode);
      scenario =
          scenario.with(
              Fault.ofFirst(
                  LONG.contains(mode) ? 1 : TIMES,
                  call,
                  "hostile: " + mode + (hidesABatch ? ", after_effect: true" : "")));
    }
    return scenario;
  }

  /** Who says that the call is to come later has not made it. */
  private static boolean isRefusal(Hostility mode) {
    return switch (mode) {
      case RETRY_IN_DECADES, RETRY_IN_9999, RETRY_NEGATIVE, RETRY_NAN -> true;
      default -> false;
    };
  }
}
