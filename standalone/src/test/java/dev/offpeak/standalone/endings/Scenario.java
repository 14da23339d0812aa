package dev.offpeak.standalone.endings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one account, what goes wrong with them, and how they must end.
 *
 * @param requests what each is about; may hold the simulator's markers, or be {@link #NO_REQUEST}
 * @param room for so many more requests in its batch, which then waits for its linger
 * @param opening what people do before the batch has waited so long
 * @param window the account's, or null for its provider's
 * @param deadline how long from now the caller has use of the answers, or null for ever
 * @param faults made when it begins, at that moment of the services
 * @param script what people do meanwhile
 * @param expected how all of the requests end; empty when nobody can say, but that they do
 * @param billed how many of them are paid for in the end, or null for those that are answered
 * @param said what every failure's message holds
 */
record Scenario(
    List<String> requests,
    int room,
    Script opening,
    @Nullable Duration window,
    @Nullable Duration deadline,
    List<Function<Instant, Fault>> faults,
    Script script,
    List<Share> expected,
    @Nullable Integer billed,
    String said) {

  /** A request that its provider does not take for one. */
  static final String NO_REQUEST = "no request";

  private static final Script NOTHING = _ -> {};

  /** What happens beside the faults. */
  @FunctionalInterface
  interface Script {
    void play(Scene scene) throws Exception;
  }

  /** That many plain requests. */
  static Scenario of(int requests) {
    return of(Collections.nCopies(requests, "plain").toArray(String[]::new));
  }

  static Scenario of(String... requests) {
    return new Scenario(
        List.of(requests), 0, NOTHING, null, null, List.of(), NOTHING, List.of(), null, "");
  }

  /** Its batch has room for more requests; what people do while it waits for them. */
  Scenario room(int more, Script meanwhile) {
    return new Scenario(
        requests, more, meanwhile, window, deadline, faults, script, expected, billed, said);
  }

  Scenario window(Duration own) {
    return new Scenario(
        requests, room, opening, own, deadline, faults, script, expected, billed, said);
  }

  Scenario deadline(Duration fromNow) {
    return new Scenario(
        requests, room, opening, window, fromNow, faults, script, expected, billed, said);
  }

  Scenario with(Fault fault) {
    return with(_ -> fault);
  }

  Scenario with(Function<Instant, Fault> fault) {
    List<Function<Instant, Fault>> more = new ArrayList<>(faults);
    more.add(fault);
    return new Scenario(
        requests, room, opening, window, deadline, more, script, expected, billed, said);
  }

  Scenario then(Script what) {
    return new Scenario(
        requests, room, opening, window, deadline, faults, what, expected, billed, said);
  }

  Scenario ends(Share... shares) {
    return new Scenario(
        requests, room, opening, window, deadline, faults, script, List.of(shares), billed, said);
  }

  Scenario saying(String words) {
    return new Scenario(
        requests, room, opening, window, deadline, faults, script, expected, billed, words);
  }

  /** So many are paid for, answered or not. */
  Scenario billed(int most) {
    return new Scenario(
        requests, room, opening, window, deadline, faults, script, expected, most, said);
  }

  /** How many of its requests are paid for in the end. */
  int bills() {
    return billed != null
        ? billed
        : expected.stream()
            .filter(share -> share.outcome().code() == null)
            .mapToInt(Share::requests)
            .sum();
  }

  /** As the page has it. */
  String text() {
    String shares = String.join("<br>", expected.stream().map(Share::text).toList());
    return billed == null ? shares : shares + "<br>" + billed + " billed";
  }
}
