package dev.offpeak.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ledger.proof.DayProof.State;
import dev.offpeak.ledger.proof.Evidence.Cost;
import dev.offpeak.ledger.proof.Evidence.Job;
import dev.offpeak.ledger.proof.Evidence.Line;
import dev.offpeak.ledger.proof.Evidence.Reported;
import dev.offpeak.ledger.proof.Residual.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A bill that says the same proves; each fault that is put in is shown, by its name. */
class ProofTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final LocalDate SETTLED = DAY.plusDays(30);

  /** A request, when it truly ran, and by what the ledger knows it. */
  record Ran(int first, int in, int last, What what, Used used, BigDecimal usd) {

    Line line() {
      return new Line(DAY.plusDays(first), DAY.plusDays(last), what, used, usd);
    }

    Reported reported() {
      return new Reported(DAY.plusDays(in), what, used);
    }

    Cost cost() {
      return new Cost(DAY.plusDays(in), what.model() + " " + what.mode() + ", input", usd);
    }

    Job job(long done, long booked) {
      return new Job("B" + hashCode(), line().first(), line().last(), what, true, done, booked);
    }
  }

  @Provide
  Arbitrary<List<Ran>> runs() {
    Arbitrary<What> what =
        Arbitraries.of("gpt-4o", "gpt-4o-mini", "claude-haiku-4-5").map(m -> new What(m, "batch"));
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2),
            what,
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.longs().between(1, 1_000_000_000_000L))
        .as(
            (first, before, after, model, tokens, pico) ->
                new Ran(
                    first,
                    first + before,
                    first + before + after,
                    model,
                    new Used(1, tokens, tokens / 2, 0, tokens % 97),
                    BigDecimal.valueOf(pico, 12)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  private static List<DayProof> proof(
      List<Line> lines, List<Job> jobs, List<Reported> usage, List<Cost> costs) {
    Set<LocalDate> asked = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      asked.add(DAY.plusDays(i));
    }
    return Proof.of(new Evidence("main", lines, jobs, asked, usage, costs), SETTLED);
  }

  private static List<DayProof> proof(List<Ran> booked, List<Ran> billed) {
    List<Job> jobs =
        new ArrayList<>(
            billed.stream()
                .map(
                    ran ->
                        ran.job(
                            Collections.frequency(billed, ran), Collections.frequency(booked, ran)))
                .toList());
    return proof(
        booked.stream().map(Ran::line).toList(),
        jobs,
        billed.stream().map(Ran::reported).toList(),
        billed.stream().map(Ran::cost).toList());
  }

  private static BigDecimal residual(List<DayProof> proofs) {
    return proofs.stream()
        .flatMap(each -> each.residuals().stream())
        .map(Residual::usd)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Set<Kind> kinds(List<DayProof> proofs) {
    Set<Kind> kinds = new TreeSet<>();
    proofs.forEach(each -> each.residuals().forEach(of -> kinds.add(of.kind())));
    return kinds;
  }

  @Property(tries = 200)
  void theSameIsProvedWhateverJobsRanAcross(@ForAll("runs") List<Ran> runs) {
    assertThat(proof(runs, runs)).extracting(DayProof::state).containsOnly(State.PROVED);
  }

  @Property(tries = 200)
  void aDroppedRecordIsMissingWithItsMoneyToTheLastDigit(@ForAll("runs") List<Ran> runs) {
    List<DayProof> proofs = proof(runs.subList(1, runs.size()), runs);
    assertThat(kinds(proofs)).containsExactly(Kind.MISSING);
    assertThat(residual(proofs)).isEqualByComparingTo(runs.getFirst().usd());
    assertThat(proofs).extracting(DayProof::state).contains(State.DIFFERS);
  }

  @Property(tries = 200)
  void aDoubledRecordIsDoubledWithItsMoneyToTheLastDigit(@ForAll("runs") List<Ran> runs) {
    List<Ran> twice = new ArrayList<>(runs);
    twice.add(runs.getFirst());
    List<DayProof> proofs = proof(twice, runs);
    assertThat(kinds(proofs)).containsExactly(Kind.DOUBLED);
    assertThat(residual(proofs)).isEqualByComparingTo(runs.getFirst().usd().negate());
  }

  @Property(tries = 200)
  void aWrongPriceIsAPriceWithItsMoneyToTheLastDigit(@ForAll("runs") List<Ran> runs) {
    BigDecimal all = runs.stream().map(Ran::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
    List<DayProof> proofs =
        proof(
            runs.stream().map(Ran::line).toList(),
            List.of(),
            runs.stream().map(Ran::reported).toList(),
            runs.stream()
                .map(
                    ran ->
                        new Cost(
                            ran.cost().day(),
                            ran.cost().item(),
                            ran.usd().multiply(new BigDecimal("1.1")).setScale(40)))
                .toList());
    assertThat(kinds(proofs)).containsExactly(Kind.PRICE);
    assertThat(residual(proofs)).isEqualByComparingTo(all.movePointLeft(1));
    assertThat(proofs)
        .filteredOn(each -> !each.residuals().isEmpty())
        .extracting(DayProof::state)
        .containsOnly(State.DIFFERS);
  }

  @Property(tries = 200)
  void residualsAddUpToTheDifference(
      @ForAll("runs") List<Ran> booked, @ForAll("runs") List<Ran> billed) {
    List<DayProof> proofs = proof(booked, billed);
    for (DayProof each : proofs) {
      BigDecimal difference = each.difference();
      if (difference != null && each.state() != State.NOT_ASKED) {
        assertThat(residual(List.of(each))).isEqualByComparingTo(difference);
      }
    }
  }

  private static final What MINI = new What("gpt-4o-mini", "batch");
  private static final Ran ONE =
      new Ran(0, 0, 0, MINI, new Used(1, 100, 0, 0, 10), new BigDecimal("0.0021"));

  @Test
  void aModelThatNobodyHereAskedForIsForeign() {
    Ran other = new Ran(0, 0, 0, new What("gpt-4o", "batch"), ONE.used(), ONE.usd());
    List<DayProof> proofs =
        proof(
            List.of(ONE.line()),
            List.of(ONE.job(1, 1)),
            List.of(ONE.reported(), other.reported()),
            List.of(ONE.cost(), other.cost()));
    assertThat(kinds(proofs)).containsExactly(Kind.FOREIGN);
    assertThat(residual(proofs)).isEqualByComparingTo(ONE.usd());
  }

  @Test
  void moreThanOurCompleteJobsDidIsForeign() {
    List<DayProof> proofs =
        proof(
            List.of(ONE.line()),
            List.of(ONE.job(1, 1)),
            List.of(ONE.reported(), ONE.reported()),
            List.of(ONE.cost(), ONE.cost()));
    assertThat(kinds(proofs)).containsExactly(Kind.FOREIGN);
  }

  @Test
  void whatIsNotReportedYetIsWaitedForAndNoLongerWhenItIsSettled() {
    Evidence late =
        new Evidence(
            "main", List.of(ONE.line()), List.of(ONE.job(1, 1)), Set.of(DAY), List.of(), List.of());
    assertThat(Proof.of(late, DAY).getFirst().state()).isEqualTo(State.WAITING);
    assertThat(Proof.of(late, DAY).getFirst().residuals().getFirst().kind()).isEqualTo(Kind.LATE);
    assertThat(Proof.of(late, SETTLED).getFirst().state()).isEqualTo(State.DIFFERS);
  }

  @Test
  void whatHasNotEndedHereIsWaitedFor() {
    Job open = new Job("B1", DAY, DAY, MINI, false, 1, 0);
    Evidence early =
        new Evidence(
            "main", List.of(), List.of(open), Set.of(DAY), List.of(ONE.reported()), List.of());
    assertThat(Proof.of(early, SETTLED).getFirst().state()).isEqualTo(State.WAITING);
  }

  @Test
  void aJobOfSeveralModelsMayHaveWhatIsBilledAlready() {
    Job mixed = new Job("B1", DAY, DAY, new What("", "batch"), false, 0, 0);
    Evidence early =
        new Evidence(
            "main", List.of(), List.of(mixed), Set.of(DAY), List.of(ONE.reported()), List.of());
    assertThat(Proof.of(early, SETTLED).getFirst().state()).isEqualTo(State.WAITING);
  }

  @Test
  void theLastDigitThatIsReportedMayDiffer() {
    Cost rounded = new Cost(DAY, "gpt-4o-mini batch, input", new BigDecimal("0.00"));
    Evidence cents =
        new Evidence(
            "main",
            List.of(ONE.line()),
            List.of(ONE.job(1, 1)),
            Set.of(DAY),
            List.of(ONE.reported()),
            List.of(rounded));
    assertThat(Proof.of(cents, SETTLED).getFirst().state()).isEqualTo(State.WITHIN_TOLERANCE);
  }

  @Test
  void whoIsNotAskedSaysNothing() {
    Evidence alone =
        new Evidence(
            "main", List.of(ONE.line()), List.of(ONE.job(1, 1)), Set.of(), List.of(), List.of());
    assertThat(Proof.of(alone, SETTLED).getFirst().state()).isEqualTo(State.NOT_ASKED);
  }

  @Test
  void aSnapshotIsItsModel() {
    assertThat(new What("gpt-4o-mini-2024-07-18", "batch")).isEqualTo(MINI);
    assertThat(new What("claude-haiku-4-5-20251001", "sync").model()).isEqualTo("claude-haiku-4-5");
  }
}
