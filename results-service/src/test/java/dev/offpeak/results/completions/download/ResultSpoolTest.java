package dev.offpeak.results.completions.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.ReportedUsage.Standing;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.results.shared.outcome.SpooledLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultSpoolTest {

  private static final int REQUESTS = 500;

  @TempDir Path folder;

  @Test
  void linesComeBackByIndexInWhateverOrderTheyCame() throws IOException {
    Random random = new Random(7);
    Map<Integer, byte[]> bodies = new HashMap<>();
    try (ResultSpool spool = ResultSpool.open(folder.resolve("work"), REQUESTS)) {
      for (int i = 0; i < 3 * REQUESTS; i++) {
        int index = random.nextInt(REQUESTS);
        byte[] body = new byte[i == 700 ? 2_000_000 : random.nextInt(3_000)];
        random.nextBytes(body);
        bodies.put(index, body);
        spool.put(
            index,
            new ResultLine.Succeeded(
                "id", 200, "req-" + index, "model", body, new TokenUsage(index, 2, 3, 4, 5)));
      }
      spool.finishWriting();

      for (Map.Entry<Integer, byte[]> entry : bodies.entrySet()) {
        SpooledLine line = spool.get(entry.getKey());
        byte[] body = new byte[line.body().remaining()];
        line.body().get(body);
        assertThat(body).isEqualTo(entry.getValue());
        assertThat(line.requestId()).isEqualTo("req-" + entry.getKey());
        assertThat(line.usage())
            .isEqualTo(ReportedUsage.of(new TokenUsage(entry.getKey(), 2, 3, 4, 5)));
      }
    }
  }

  @Test
  void everyKindOfLineKeepsWhatItSays() throws IOException {
    try (ResultSpool spool = ResultSpool.open(folder, 4)) {
      byte[] body = {'{', '}'};
      spool.put(
          0,
          new ResultLine.Errored(
              "id", 503, null, "overloaded", "häßlich", body, ResultLine.Verdict.RETRYABLE));
      spool.put(1, new ResultLine.Expired("id", "too late"));
      spool.put(2, new ResultLine.Canceled("id", "called off"));
      spool.put(3, new ResultLine.Unreadable("id", "cut"));
      spool.finishWriting();

      SpooledLine errored = spool.get(0);
      assertThat(errored.statusCode()).isEqualTo(503);
      assertThat(errored.requestId()).isNull();
      assertThat(errored.code()).isEqualTo("overloaded");
      assertThat(errored.message()).isEqualTo("häßlich");
      assertThat(errored.body().remaining()).isEqualTo(2);
      assertThat(List.of(spool.get(1).message(), spool.get(2).message(), spool.get(3).message()))
          .containsExactly("too late", "called off", "cut");
      assertThat(spool.get(3).statusCode()).isZero();
    }
  }

  @Test
  void whatWasBilledInPlaceOfAnAnswerIsKept() throws IOException {
    var usage = new ReportedUsage(new TokenUsage(1, 2, 3, 4, 5, 6), Standing.IMPLAUSIBLE);
    try (ResultSpool spool = ResultSpool.open(folder, 1)) {
      spool.put(
          0,
          ResultLine.unclear("id", 200, FailureCode.UNCLEAR_RESULT, "what?", null)
              .withUsage("model", usage));
      spool.finishWriting();

      assertThat(spool.get(0).usage()).isEqualTo(usage);
      assertThat(spool.get(0).model()).isEqualTo("model");
    }
  }

  @Test
  void nothingIsLeftInTheFolder() throws IOException {
    ResultSpool.open(folder, 1).close();

    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
