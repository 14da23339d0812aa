package dev.offpeak.results.shared.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProgressTest {

  /**
   * Jobs stand at any offsets and are finished in any order; now and then a new owner begins from
   * what was committed, and gets the records from the committed offset on.
   */
  @Property
  void whatIsDoneStaysDoneAndNothingElseIs(
      @ForAll @Size(min = 1, max = 30) Set<@IntRange(max = 5_000) Integer> places,
      @ForAll @Size(max = 60) List<@IntRange(max = 1_000) Integer> steps) {
    List<Long> offsets = new TreeSet<>(places).stream().map(Integer::longValue).toList();
    Set<Long> done = new TreeSet<>();
    Map<Long, Integer> reached = new TreeMap<>();
    Progress progress = Progress.none();
    List<Long> open = takeAll(progress, offsets);

    for (int step : steps) {
      if (open.isEmpty()) {
        break;
      }
      long offset = open.get(step % open.size());
      switch (step % 3) {
        case 0 -> {
          progress.finish(offset);
          done.add(offset);
          open.remove(offset);
        }
        case 1 -> {
          progress.reach(offset, step + 1);
          reached.put(offset, step + 1);
        }
        default -> {
          long committed = progress.position();
          progress = Progress.of(committed, progress.encode());
          open = takeAll(progress, offsets.stream().filter(o -> o >= committed).toList());
        }
      }
      for (long each : offsets) {
        assertThat(progress.isDone(each)).isEqualTo(done.contains(each));
      }
      for (long each : open) {
        assertThat(progress.next(each)).isEqualTo(reached.getOrDefault(each, 0));
        assertThat(progress.position()).isLessThanOrEqualTo(each);
      }
    }
  }

  private static List<Long> takeAll(Progress progress, List<Long> offsets) {
    List<Long> open = new ArrayList<>();
    for (long offset : offsets) {
      if (progress.hasRoomFor(offset) && progress.take(offset)) {
        open.add(offset);
      }
    }
    return open;
  }

  @Test
  void oneJobAfterTheOtherMovesTheOffset() {
    Progress progress = Progress.none();

    progress.take(7);
    assertThat(progress.position()).isEqualTo(7);
    progress.reach(7, 2_000);
    assertThat(progress.encode()).isEqualTo("v1;;0:2000");
    progress.finish(7);

    assertThat(progress.position()).isEqualTo(8);
    assertThat(progress.encode()).isEqualTo("v1;");
  }

  @Test
  void aJobThatIsStuckHoldsTheOffsetOnly() {
    Progress progress = Progress.of(100, "");
    for (long offset = 100; offset < 110; offset++) {
      progress.take(offset);
    }
    for (long offset = 101; offset < 109; offset++) {
      progress.finish(offset);
    }

    Progress next = Progress.of(progress.position(), progress.encode());

    assertThat(next.position()).isEqualTo(100);
    assertThat(next.take(100)).isTrue();
    assertThat(next.take(105)).isFalse();
    assertThat(next.take(109)).isTrue();
  }

  @Test
  void theMetadataStaysSmallHoweverLongAJobIsStuck() {
    Progress progress = Progress.none();
    progress.take(0);
    long offset = 1;
    while (progress.hasRoomFor(offset)) {
      progress.take(offset);
      progress.finish(offset);
      offset += 2;
    }

    assertThat(offset).isGreaterThanOrEqualTo(Progress.SPAN);
    assertThat(progress.encode().length()).isLessThan(1_000);
    progress.finish(0);
    assertThat(progress.encode()).isEqualTo("v1;");
    assertThat(progress.hasRoomFor(1_000_000_000_000L)).isTrue();
  }

  @Test
  void recordsThatExpiredAreForgotten() {
    Progress progress = Progress.of(10, "v1;" + "Ag" + ";5:300");

    assertThat(progress.isDone(11)).isTrue();
    assertThat(progress.take(9_000_000_000L)).isTrue();

    assertThat(progress.encode()).isEqualTo("v1;");
    assertThat(progress.position()).isEqualTo(9_000_000_000L);
  }

  @Test
  void anOffsetThatAnotherToolHasSetSaysNoMore() {
    Progress progress = Progress.of(42, "");

    assertThat(progress.isDone(41)).isTrue();
    assertThat(progress.take(42)).isTrue();
    assertThat(progress.next(42)).isZero();
  }
}
