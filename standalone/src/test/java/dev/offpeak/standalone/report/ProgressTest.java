package dev.offpeak.standalone.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.health.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, UTF_8);

  @Test
  void aLineSaysHowFarEachPartIs() {
    Progress progress = new Progress(10_000, false, 3_000, 4_000, 1_000, 2_000, 50, 0, List.of());

    assertThat(progress.line())
        .isEqualTo(
            "[####....................] 10,000+ read | 3,000 sealed | 4,000 running | 2,000 done"
                + " | 50 failed | provider at 25%");
  }

  @Test
  void whatAJobWaitsForIsSaid() {
    Instant until = START.plusSeconds(90);
    Waiting key = new Waiting("batch a", "billing limit reached", START, null);
    Waiting lines = new Waiting("batch b", "2 of 3 lines lack", START, until);
    Waiting job = new Waiting("batch c", "a job must end", START, START.plus(Duration.ofDays(2)));
    ZonedDateTime local = until.atZone(ZoneId.systemDefault());

    assertThat(waiting(key).line()).endsWith(" | waits: billing limit reached");
    assertThat(waiting(lines, key).line())
        .endsWith(
            " | waits, until %tT at the latest: 2 of 3 lines lack (and 1 more)".formatted(local));
    assertThat(waiting(job).line())
        .containsPattern(" until 2026-11-2\\d \\d\\d:\\d\\d at the latest: a job must end$");
  }

  @Test
  void itIsFinishedWhenEveryLineHasComeToItsEnd() {
    assertThat(progress(5, true, 3, 1, 1).finished()).isTrue();
    assertThat(progress(5, true, 3, 1, 0).finished()).isFalse();
    assertThat(progress(5, false, 3, 1, 1).finished()).isFalse();
    assertThat(progress(0, true, 0, 0, 0).finished()).isTrue();
  }

  @Test
  void everyWindowIsFitted() {
    Progress full =
        new Progress(
            1_234_567,
            false,
            345_678,
            456_789,
            123_456,
            234_567,
            5_678,
            0,
            List.of(new Waiting("b", "the key\nis refused", START, null)));
    for (Progress each : List.of(full, full.waitingFor(List.of()), progress(3, true, 1, 1, 1))) {
      for (int columns = 10; columns <= 200; columns++) {
        assertThat(each.line(columns)).hasSizeLessThanOrEqualTo(columns).doesNotContain("\n");
      }
    }
    assertThat(full.line(60)).contains("waits: the key");
    assertThat(full.waitingFor(List.of()).line(40))
        .isEqualTo("234,567/1,234,567+, 5,678 failed, at pr…");
    assertThat(progress(3, true, 1, 0, 0).line(200)).contains("3 read | 0 sealed");
    assertThat(progress(3, true, 1, 0, 0).line(40)).isEqualTo("[###.......] 1/3");
  }

  @Test
  void aWindowThatWasMadeNarrowerIsTidiedUp() {
    int[] columns = {100};
    ProgressBar bar = new ProgressBar(out, () -> columns[0]);
    bar.show(progress(2_000, true, 1, 0, 0), START);
    columns[0] = 40;
    bar.show(progress(2_000, true, 2, 0, 0), START);

    assertThat(shown.toString(UTF_8))
        .endsWith("\u001b[1A\r\u001b[J\r\u001b[2K[..........] 2/2,000");
  }

  @Test
  void whereNothingMovesALineIsASignOfLife() {
    ProgressBar bar = new ProgressBar(out, null);
    bar.show(progress(3, true, 0, 0, 0), START);
    bar.show(progress(3, true, 0, 0, 0), START.plusSeconds(29));
    bar.show(progress(3, true, 0, 0, 0), START.plusSeconds(30));

    assertThat(shown.toString(UTF_8).lines()).hasSize(2);
  }

  @Test
  void onATerminalALineIsWrittenOverTheLast() {
    ProgressBar bar = new ProgressBar(out, () -> 80);

    bar.show(progress(2, true, 1, 0, 0), START);
    bar.show(progress(2, true, 2, 0, 0), START);
    bar.done();

    assertThat(shown.toString(UTF_8)).containsOnlyOnce("\n");
    assertThat(shown.toString(UTF_8)).contains("1 done").contains("\r").endsWith("0 failed\n");
  }

  @Test
  void elsewhereALineIsAddedNowAndThenAndAtTheEnd() {
    ProgressBar bar = new ProgressBar(out, null);

    bar.show(progress(3, true, 0, 0, 0), START);
    bar.show(progress(3, true, 1, 0, 0), START.plusMillis(100));
    bar.show(progress(3, true, 2, 0, 0), START.plusSeconds(2));
    bar.show(progress(3, true, 2, 0, 0), START.plusSeconds(9));
    bar.show(progress(3, true, 3, 0, 0), START.plusSeconds(9));

    assertThat(shown.toString(UTF_8).lines().map(line -> line.replaceAll(".*(\\d done).*", "$1")))
        .containsExactly("0 done", "2 done", "3 done");
  }

  private static Progress waiting(Waiting... waits) {
    return new Progress(1, true, 1, 0, 0, 0, 0, 0, List.of(waits));
  }

  private static Progress progress(
      long read, boolean allRead, long done, long failed, long duplicates) {
    return new Progress(read, allRead, 0, 0, 0, done, failed, duplicates, List.of());
  }
}
