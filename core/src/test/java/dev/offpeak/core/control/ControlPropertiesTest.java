package dev.offpeak.core.control;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.control.ControlCommand.CancelBatches;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlCommand.Flush;
import dev.offpeak.core.control.ControlCommand.Notice;
import dev.offpeak.core.control.ControlCommand.Pause;
import dev.offpeak.core.control.ControlCommand.Resume;
import dev.offpeak.core.control.ControlCommand.Settle;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Any commands, read in any order and as often as one likes, come to the same. */
class ControlPropertiesTest {

  private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");
  private static final List<String> ACCOUNTS = List.of("main", "other");
  private static final List<Lane> LANES =
      List.of(
          Lane.of(Provider.OPENAI, "main", "/v1/responses", "gpt"),
          Lane.of(Provider.OPENAI, "main", "/v1/embeddings", "gpt"),
          Lane.of(Provider.GEMINI, "other", "generateContent", "gemini"));
  private static final List<String> BATCHES = List.of("B1", "B2");
  private static final List<String> TENANTS = List.of("default", "acme");
  private static final List<String> CUSTOM_IDS = List.of("a", "b");
  private static final List<String> REPLAYS = List.of("", "r");

  /** Minutes from ten o'clock; the last is days later, so that the first are forgotten. */
  private static final List<Integer> MINUTES = List.of(0, 1, 2, 3, 4 * 24 * 60);

  private static Instant at(int minutes) {
    return TEN.plus(Duration.ofMinutes(minutes));
  }

  private static ControlState after(List<ControlCommand> commands) {
    ControlState state = new ControlState();
    for (ControlCommand command : commands) {
      boolean _ = state.apply(command);
    }
    return state;
  }

  @Example
  void aPauseOfOneAccountIsOverWhenAllAreResumedLaterHoweverTheyAreRead() {
    ControlCommand pause = new Pause("main", at(0));
    ControlCommand resume = new Resume(null, at(1));

    assertThat(after(List.of(pause, resume)).isPaused("main")).isFalse();
    assertThat(after(List.of(resume, pause)).isPaused("main")).isFalse();
  }

  @Property(tries = 300)
  void theOrderAndRepetitionsOfCommandsChangeNoAnswer(
      @ForAll("commands") List<ControlCommand> commands, @ForAll long seed) {
    List<ControlCommand> reordered = new ArrayList<>(commands);
    reordered.addAll(commands.subList(0, commands.size() / 2));
    Collections.shuffle(reordered, new Random(seed));

    assertThat(answers(after(reordered))).isEqualTo(answers(after(commands)));
  }

  @Property(tries = 300)
  void theAnswersAreThoseThatTheWholeHistoryGives(
      @ForAll("commands") List<ControlCommand> commands) {
    assertThat(answers(after(commands))).isEqualTo(answersOfHistory(commands));
  }

  @Property(tries = 300)
  void whatIsAppliedAgainIsNoNews(@ForAll("commands") List<ControlCommand> commands) {
    ControlState state = after(commands);
    long version = state.version();

    assertThat(commands).noneMatch(state::apply);
    assertThat(state.version()).isEqualTo(version);
  }

  @Property(tries = 300)
  void whateverChangesAnAnswerIsNews(@ForAll("commands") List<ControlCommand> commands) {
    ControlState state = new ControlState();
    for (ControlCommand command : commands) {
      Map<String, Object> before = answers(state);
      long version = state.version();
      boolean isNews = state.apply(command);
      assertThat(state.version() != version).isEqualTo(isNews);
      if (!answers(state).equals(before)) {
        assertThat(isNews).as("%s", command).isTrue();
      }
    }
  }

  /** Every question about everything that the commands may name. */
  private static Map<String, Object> answers(ControlState state) {
    Map<String, Object> answers = new TreeMap<>();
    for (String account : ACCOUNTS) {
      put(answers, "paused", account, state.isPaused(account));
      put(answers, "resumed", account, state.resumedAt(account));
      put(answers, "avoided", account, state.avoidedUntil(account));
    }
    for (Lane lane : LANES) {
      put(answers, "flushed", lane, state.flushedAt(lane));
    }
    for (int minutes : MINUTES) {
      for (String batch : BATCHES) {
        for (Lane lane : LANES) {
          put(
              answers,
              "cancelled",
              batch + lane + minutes,
              state.cancelledAt(batch, lane, at(minutes)));
        }
        put(answers, "settled", batch + minutes, state.settlement(batch, at(minutes)));
      }
      for (String tenant : TENANTS) {
        for (String replay : REPLAYS) {
          for (String id : CUSTOM_IDS) {
            put(
                answers,
                "cancelled",
                tenant + replay + id + minutes,
                state.cancelledAt(tenant, replay, id, at(minutes)));
          }
        }
      }
    }
    return answers;
  }

  /** The same, each looked for in all that was ever said. */
  private static Map<String, Object> answersOfHistory(List<ControlCommand> all) {
    Map<String, Object> answers = new TreeMap<>();
    for (String account : ACCOUNTS) {
      Instant paused = last(all, Pause.class, (p, _) -> isAny(p.account(), account));
      Instant resumed = last(all, Resume.class, (r, _) -> isAny(r.account(), account));
      boolean isPaused = paused != null && (resumed == null || paused.isAfter(resumed));
      put(answers, "paused", account, isPaused);
      put(answers, "resumed", account, resumed);
      Instant noticed = last(all, Notice.class, (n, _) -> n.account().equals(account));
      boolean counts = noticed != null && (resumed == null || noticed.isAfter(resumed));
      Instant until =
          all.stream()
              .filter(Notice.class::isInstance)
              .map(Notice.class::cast)
              .filter(n -> n.account().equals(account) && n.issuedAt().equals(noticed))
              .map(Notice::refusedUntil)
              .filter(Objects::nonNull)
              .max(naturalOrder())
              .orElse(null);
      put(answers, "avoided", account, isPaused ? Instant.MAX : counts ? until : null);
    }
    for (Lane lane : LANES) {
      put(
          answers,
          "flushed",
          lane,
          last(all, Flush.class, (f, _) -> matches(f.batches(), null, lane)));
    }
    for (int minutes : MINUTES) {
      Instant time = at(minutes);
      for (String batch : BATCHES) {
        for (Lane lane : LANES) {
          Instant cancelled =
              last(all, CancelBatches.class, (c, old) -> !old && matches(c.batches(), batch, lane));
          put(answers, "cancelled", batch + lane + minutes, since(time, cancelled));
        }
        put(
            answers,
            "settled",
            batch + minutes,
            Optional.ofNullable(lastSettlement(all, batch))
                .filter(settlement -> settlement.issuedAt().isAfter(time)));
      }
      for (String tenant : TENANTS) {
        for (String replay : REPLAYS) {
          for (String id : CUSTOM_IDS) {
            Instant cancelled =
                last(
                    all,
                    CancelRequests.class,
                    (c, old) ->
                        !old
                            && c.tenant().equals(tenant)
                            && isAny(c.replayId(), replay)
                            && isAny(c.customId(), id));
            put(answers, "cancelled", tenant + replay + id + minutes, since(time, cancelled));
          }
        }
      }
    }
    return answers;
  }

  private static void put(
      Map<String, Object> answers, String question, Object about, @Nullable Object answer) {
    answers.put(question + " " + about, String.valueOf(answer));
  }

  private static boolean isAny(@Nullable String named, String one) {
    return named == null || named.equals(one);
  }

  private static boolean matches(BatchFilter filter, @Nullable String batchId, Lane lane) {
    return (filter.batchId() == null || filter.batchId().equals(batchId))
        && isAny(filter.lane(), lane.id())
        && isAny(filter.account(), lane.account());
  }

  private static @Nullable Instant since(Instant time, @Nullable Instant cancelled) {
    return cancelled == null || cancelled.isBefore(time) ? null : cancelled;
  }

  private static boolean isOld(List<ControlCommand> all, ControlCommand one) {
    return all.stream()
        .filter(
            c -> c instanceof CancelBatches || c instanceof CancelRequests || c instanceof Settle)
        .anyMatch(c -> c.issuedAt().minus(Duration.ofDays(2)).isAfter(one.issuedAt()));
  }

  private static <C extends ControlCommand> @Nullable Instant last(
      List<ControlCommand> all, Class<C> kind, BiPredicate<C, Boolean> wanted) {
    return all.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(command -> wanted.test(command, isOld(all, command)))
        .map(ControlCommand::issuedAt)
        .max(naturalOrder())
        .orElse(null);
  }

  private static @Nullable Settlement lastSettlement(List<ControlCommand> all, String batch) {
    return all.stream()
        .filter(Settle.class::isInstance)
        .map(Settle.class::cast)
        .filter(settle -> settle.batchId().equals(batch) && !isOld(all, settle))
        .map(settle -> new Settlement(settle.jobId(), settle.issuedAt()))
        .max(naturalOrder())
        .orElse(null);
  }

  @Provide
  Arbitrary<List<ControlCommand>> commands() {
    Arbitrary<Instant> times = Arbitraries.of(MINUTES).map(ControlPropertiesTest::at);
    Arbitrary<String> accounts = Arbitraries.of(ACCOUNTS);
    Arbitrary<String> anyAccount = accounts.injectNull(0.3);
    Arbitrary<String> ids = Arbitraries.of(BATCHES);
    Arbitrary<BatchFilter> filters =
        Combinators.combine(
                ids.injectNull(0.6),
                Arbitraries.of(LANES).map(Lane::id).injectNull(0.5),
                anyAccount)
            .as(BatchFilter::new);
    return Arbitraries.<ControlCommand>oneOf(
            Combinators.combine(filters, times).as(Flush::new),
            Combinators.combine(anyAccount, times).as(Pause::new),
            Combinators.combine(anyAccount, times).as(Resume::new),
            Combinators.combine(filters, times).as(CancelBatches::new),
            Combinators.combine(
                    Arbitraries.of(TENANTS),
                    Arbitraries.of(REPLAYS).injectNull(0.5),
                    Arbitraries.of(CUSTOM_IDS).injectNull(0.3),
                    times)
                .as(CancelRequests::new),
            Combinators.combine(ids, Arbitraries.of("j1", "j2").injectNull(0.4), times)
                .as(Settle::new),
            Combinators.combine(accounts, times.injectNull(0.4), times).as(Notice::new))
        .list()
        .ofMaxSize(12);
  }
}
