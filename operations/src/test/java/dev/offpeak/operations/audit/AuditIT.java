package dev.offpeak.operations.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Position;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithKafka
class AuditIT {

  private AuditedTopics installation;

  @BeforeEach
  void createTopics(TestKafka kafka) {
    installation = new AuditedTopics(kafka);
  }

  @AfterEach
  void close() {
    installation.close();
  }

  @Test
  void requestsOnEachStageOfTheirWayAreAccountedFor() throws Exception {
    long answered = installation.request();
    long retried = installation.request();
    long sealed = installation.request();
    long duplicate = installation.request();
    installation.request();
    installation.admissionAt(duplicate + 1);
    long first = installation.admitted(answered, 1);
    long second = installation.admitted(retried, 1);
    installation.admitted(sealed, 1);
    installation.dropped(duplicate, installation.admitted(duplicate, 1));
    installation.published(first, second);
    installation.answered(answered);
    installation.retried(retried, 2);

    AuditReport report = audit("");

    assertThat(report.isClean()).isTrue();
    assertThat(report.requests()).isEqualTo(5);
    assertThat(report.settled()).isEqualTo(1);
    assertThat(report.dropped()).isEqualTo(1);
    assertThat(report.inFlight()).isEqualTo(3);
    assertThat(report.notAdmitted()).isEqualTo(1);
    assertThat(report.oldestInFlight()).isNotNull();
    assertThat(report.byTenant())
        .isEqualTo(
            Map.of(
                "acme",
                Map.of(
                    RequestTally.Count.RESULTS,
                    1L,
                    RequestTally.Count.DROPPED,
                    1L,
                    RequestTally.Count.IN_FLIGHT,
                    2L)));
  }

  @Test
  void aPublishedRequestWithoutOutcomeIsMissing() throws Exception {
    long lost = installation.request();
    installation.admissionAt(lost + 1);
    installation.published(installation.admitted(lost, 1));

    AuditReport report = audit("");

    assertThat(report.isClean()).isFalse();
    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.examples()).containsExactly(new Violation(Violation.What.MISSING, 0, lost));
  }

  @Test
  void requestsThatAreCalledSynchronouslyAreInFlightUntilTheirCallIsPublished() throws Exception {
    long answered = installation.request();
    long waiting = installation.request();
    installation.admissionAt(waiting + 1);
    long called = installation.urgent(installation.admitted(answered, 1));
    installation.urgent(installation.admitted(waiting, 1));
    installation.calledUpTo(called + 1);
    installation.answered(answered);

    AuditReport report = audit("");

    assertThat(report.isClean()).isTrue();
    assertThat(report.settled()).isEqualTo(1);
    assertThat(report.inFlight()).isEqualTo(1);

    installation.calledUpTo(called + 2);

    assertThat(audit("").missing()).isEqualTo(1);
  }

  @Test
  void aSecondOutcomeInEitherFormatIsAViolation() throws Exception {
    long twice = installation.request();
    installation.admissionAt(twice + 1);
    installation.published(installation.admitted(twice, 1));
    installation.answered(twice);
    installation.answeredInJson(twice);

    AuditReport report = audit("");

    assertThat(report.doubled()).isEqualTo(1);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void aRequestBilledForTwoOfItsAttemptsWasBilledTwice() throws Exception {
    long source = installation.request();
    long once = installation.request();
    installation.admissionAt(once + 1);
    long first = installation.admitted(source, 1);
    long second = installation.admitted(source, 2);
    long other = installation.admitted(once, 1);
    installation.published(first, second, other);
    installation.retried(source, 2);
    installation.answered(source);
    installation.answered(once);

    AuditReport report =
        audit(
            billed(first, true)
                + billed(second, true)
                + billed(other, true)
                + billed(other, false));

    assertThat(report.billedTwice()).isEqualTo(1);
    assertThat(report.examples())
        .containsExactly(new Violation(Violation.What.BILLED_TWICE, 0, source));
  }

  @Test
  void textAndJsonTellTheSame() throws Exception {
    long lost = installation.request();
    installation.admissionAt(lost + 1);

    AuditReport report = audit("");

    assertThat(AuditText.of(report)).contains("missing").endsWith("NOT CLEAN\n");
    assertThat(AuditJson.of(report))
        .startsWith("{\"clean\":false,\"requests\":1,\"settled\":0,")
        .contains("\"violations\":[{\"what\":\"missing\",\"partition\":0,\"offset\":0}]");
  }

  private AuditReport audit(String ledger) throws Exception {
    TopicReader reader = new TopicReader(installation.cluster(), Duration.ofSeconds(30));
    return new Audit(installation.cluster(), reader, AuditRange.ALL)
        .run(new ByteArrayInputStream(ledger.getBytes(UTF_8)));
  }

  private static String billed(long position, boolean billed) {
    return "{\"custom_id\":\"%s\",\"tokens\":{\"n\":[1]},\"billed\":%s}\n"
        .formatted(new Position(0, position).providerId(), billed);
  }
}
