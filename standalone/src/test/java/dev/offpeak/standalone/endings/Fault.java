package dev.offpeak.standalone.endings;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at the simulator, for the account of one scenario.
 *
 * @param match which calls, in the words of the simulator's README; empty for all
 * @param then what happens to them
 * @param times how often; null: once with nth, else always
 */
record Fault(String match, String then, @Nullable Integer times) {

  /** What becomes of the job of the account's first create. */
  static Fault ofFirstJob(String job) {
    return new Fault("call: create_batch, nth: 1", "{job: {" + job + "}}", null);
  }

  /** What becomes of every job of the account. */
  static Fault ofEveryJob(String job) {
    return new Fault("call: create_batch", "{job: {" + job + "}}", null);
  }

  /** What happens to the first calls of that kind. */
  static Fault ofFirst(int times, String call, String then) {
    return new Fault("call: " + call, "{" + then + "}", times);
  }

  String yaml(String key) {
    return "{match: {key: %s%s}, do: %s%s}"
        .formatted(
            key,
            match.isEmpty() ? "" : ", " + match,
            then,
            times == null ? "" : ", times: " + times);
  }
}
