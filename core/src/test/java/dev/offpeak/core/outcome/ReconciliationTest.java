package dev.offpeak.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Position;
import dev.offpeak.core.seal.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** What holds for every set of lines, in every order: missing, repeated, foreign. */
class ReconciliationTest {

  private static final int PARTITION = 3;
  private static final Manifest MANIFEST = Manifest.of(PARTITION, 4, 5, 9, 10, 30);

  private record Line(String id, LineKind kind) {}

  @Property
  void anAnswerIsNeverLostAndNothingIsInvented(@ForAll("lines") List<Line> lines) {
    Reconciliation seen = accept(lines);

    for (int index = 0; index < MANIFEST.size(); index++) {
      String id = new Position(PARTITION, MANIFEST.offset(index)).providerId();
      List<LineKind> own =
          lines.stream().filter(line -> line.id().equals(id)).map(Line::kind).toList();
      if (own.isEmpty()) {
        assertThat(seen.kindAt(index)).isNull();
      } else {
        assertThat(seen.kindAt(index)).isIn(own);
        assertThat(seen.kindAt(index) == LineKind.SUCCEEDED)
            .isEqualTo(own.contains(LineKind.SUCCEEDED));
      }
    }
  }

  @Property
  void countsRequestsNotLines(@ForAll("lines") List<Line> lines) {
    Reconciliation seen = accept(lines);

    int joined = 0;
    int succeeded = 0;
    for (int index = 0; index < MANIFEST.size(); index++) {
      joined += seen.kindAt(index) == null ? 0 : 1;
      succeeded += seen.kindAt(index) == LineKind.SUCCEEDED ? 1 : 0;
    }
    assertThat(seen.joined()).isEqualTo(joined);
    assertThat(seen.succeeded()).isEqualTo(succeeded);
  }

  @Property
  void theOrderOfLinesDoesNotMatterToWhoHasAnAnswer(
      @ForAll("lines") List<Line> lines, @ForAll long seed) {
    List<Line> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(seed));

    Reconciliation one = accept(lines);
    Reconciliation other = accept(shuffled);

    assertThat(weights(other)).isEqualTo(weights(one));
    assertThat(other.listsUnexecuted()).isEqualTo(one.listsUnexecuted());
    assertThat(other.joined()).isEqualTo(one.joined());
    assertThat(other.succeeded()).isEqualTo(one.succeeded());
  }

  /** The last index that was accepted for a request is the line that counts. */
  @Property
  void tellsWhichLineToKeep(@ForAll("lines") List<Line> lines) {
    Reconciliation seen = new Reconciliation(MANIFEST);
    Map<Integer, LineKind> kept = new HashMap<>();

    for (Line line : lines) {
      int index = seen.accept(line.id(), line.kind());
      if (index >= 0) {
        kept.put(index, line.kind());
      }
    }

    for (int index = 0; index < MANIFEST.size(); index++) {
      assertThat(kept.get(index)).isEqualTo(seen.kindAt(index));
    }
  }

  @Test
  void aLineOfAnotherPartitionOrAnotherMakerIsForeign() {
    Reconciliation seen = new Reconciliation(MANIFEST);

    assertThat(seen.accept("op-0003-00000000000004", LineKind.SUCCEEDED)).isZero();
    assertThat(seen.accept("op-0004-00000000000004", LineKind.SUCCEEDED))
        .isEqualTo(Reconciliation.FOREIGN);
    assertThat(seen.accept("op-0003-00000000000006", LineKind.SUCCEEDED))
        .isEqualTo(Reconciliation.FOREIGN);
    assertThat(seen.accept("request-1", LineKind.SUCCEEDED)).isEqualTo(Reconciliation.FOREIGN);
    assertThat(seen.accept(null, LineKind.UNREADABLE)).isEqualTo(Reconciliation.FOREIGN);
    assertThat(seen.accept("op-0003-00000000000004", LineKind.SUCCEEDED))
        .isEqualTo(Reconciliation.DUPLICATE);
  }

  private static Reconciliation accept(List<Line> lines) {
    Reconciliation seen = new Reconciliation(MANIFEST);
    lines.forEach(line -> seen.accept(line.id(), line.kind()));
    return seen;
  }

  private static List<Integer> weights(Reconciliation seen) {
    List<Integer> weights = new ArrayList<>();
    for (int index = 0; index < MANIFEST.size(); index++) {
      LineKind kind = seen.kindAt(index);
      weights.add(kind == null ? 0 : kind.weight());
    }
    return weights;
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<String> ids =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of(4, 5, 9, 10, 30).map(ReconciliationTest::id)),
            Tuple.of(1, Arbitraries.of("op-0003-00000000000006", "other", "")));
    return Combinators.combine(ids, Arbitraries.of(LineKind.class))
        .as(Line::new)
        .list()
        .ofMaxSize(20);
  }

  private static String id(int offset) {
    return new Position(PARTITION, offset).providerId();
  }
}
