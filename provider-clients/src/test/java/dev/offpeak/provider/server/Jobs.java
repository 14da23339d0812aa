package dev.offpeak.provider.server;

import static dev.offpeak.provider.server.Fixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.testkit.time.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Jobs at a simulator, from input to results. */
public final class Jobs {

  private static final Duration PATIENCE = Patience.LONG;

  private Jobs() {}

  /** An input file of these bodies, at the positions 0, 1, … of partition 0. */
  public static Payload payload(Lane lane, List<String> bodies) throws IOException {
    BatchFormat format = BuiltInProviders.PROFILES.of(lane.provider().id()).format();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.writeHead(out);
    for (int i = 0; i < bodies.size(); i++) {
      if (i > 0) {
        format.writeSeparator(out);
      }
      byte[] body = bodies.get(i).getBytes(UTF_8);
      format.writeLine(lane, 0, i, body, 0, body.length, false, out);
    }
    format.writeTail(out);
    return Fixture.payload(out.toString(UTF_8));
  }

  /** The job once it has ended. */
  public static ProviderJob awaitEnd(BatchProvider provider, String jobId) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ok(provider.get(jobId)).phase().isFinal()).isTrue());
    return ok(provider.get(jobId));
  }

  /** Waits until the job is in that phase. */
  public static void awaitPhase(BatchProvider provider, String jobId, Phase phase) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ok(provider.get(jobId)).phase()).isEqualTo(phase));
  }

  /** Every line of its results, which may not be there at once, as providers' are not. */
  public static List<ResultLine> results(BatchProvider provider, ProviderJob job) {
    int expected = job.phase() == Phase.COMPLETED ? job.total() : 0;
    return await()
        .atMost(PATIENCE)
        .until(() -> read(provider, job), lines -> lines.size() >= expected);
  }

  private static List<ResultLine> read(BatchProvider provider, ProviderJob job) throws IOException {
    List<ResultLine> all = new ArrayList<>();
    for (ResultSource source : provider.results(job)) {
      try (ResultStream lines = awaitOpen(provider, source)) {
        for (ResultLine line = lines.next(); line != null; line = lines.next()) {
          all.add(line);
        }
      }
    }
    return all;
  }

  private static ResultStream awaitOpen(BatchProvider provider, ResultSource source) {
    return ok(
        await().atMost(PATIENCE).until(() -> provider.open(source), Answer.Ok.class::isInstance));
  }
}
