package dev.offpeak.results.completions.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Position;
import dev.offpeak.core.outcome.Reconciliation;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.results.world.FakeProvider;
import dev.offpeak.runtime.failpoint.FailpointListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results without end, which break off in the test so that one who reads them all is found out. */
class DownloadTest {

  private static final int STRAYS = 20_000;
  private static final Manifest MANIFEST = Manifest.of(1, 10, 11);
  private static final ResultSource FILE =
      new ResultSource("file-o", ResultSource.Kind.OUTPUT_FILE);

  @TempDir Path folder;

  private final Reconciliation seen = new Reconciliation(MANIFEST);

  @Test
  void whoHasAllAnswersReadsNoMoreOfTheSameForEver() throws Exception {
    List<ResultLine> lines = new ArrayList<>(List.of(line(10), line(11)));
    lines.addAll(Collections.nCopies(STRAYS, line(11)));

    assertThat(fetch(lines)).isEmpty();

    assertThat(seen.joined()).isEqualTo(2);
  }

  @Test
  void whoHasNotAllAnswersHasThoseThatCame() throws Exception {
    List<ResultLine> lines = new ArrayList<>(List.of(line(10)));
    lines.addAll(Collections.nCopies(STRAYS, line(99)));

    assertThat(fetch(lines)).isEmpty();

    assertThat(seen.joined()).isEqualTo(1);
  }

  private List<ResultSource> fetch(List<ResultLine> lines)
      throws RetryLater, IOException, InterruptedException {
    try (ResultSpool spool = ResultSpool.open(folder, MANIFEST.size())) {
      FakeProvider provider = new FakeProvider().breaksAfter(lines);
      return new Download(
              provider, seen, spool, MANIFEST.size(), 0, false, FailpointListener.nowhere())
          .fetch(List.of(FILE));
    }
  }

  private static ResultLine line(long offset) {
    return new ResultLine.Expired(new Position(1, offset).providerId(), "late");
  }
}
