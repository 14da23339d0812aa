package dev.offpeak.standalone.endings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.standalone.endings.SimulatorDesk.Executed;
import dev.offpeak.testkit.time.Hand;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A scenario on its way. */
final class Scene {

  /** Of the services' time, which does not pass while they are at work. */
  private static final Duration LONGEST = Duration.ofHours(6);

  /** Of the machine's, for all that can be done while the services' time stands still. */
  private static final Duration LONGEST_WORK = Patience.LONG.multipliedBy(2);

  /**
   * What is played.
   *
   * @param account whose only requests these are
   */
  record Part(String account, Provider provider, Scenario scenario) {}

  private final Part part;
  private final World world;
  private final Instant began;
  private final List<Line> lines = new ArrayList<>();

  Scene(Part part, World world) {
    this.part = part;
    this.world = world;
    this.began = world.time().instant();
    for (String content : part.scenario().requests()) {
      lines.add(Line.of(part, lines.size(), content));
    }
  }

  /**
   * Plays it to its end and checks that.
   *
   * @param begins keeps time from passing until the requests have been sealed as they should be
   */
  void play(Hand.Hold begins) throws Exception {
    try (begins) {
      begin();
    }
    Scenario scenario = part.scenario();
    scenario.script().play(this);
    awaitOutcomes();
    check();
    if (!scenario.expected().isEmpty()) {
      assertThat(executed().stream().filter(Executed::billed))
          .as("bills")
          .hasSize(scenario.bills());
    }
  }

  private void begin() throws Exception {
    Scenario scenario = part.scenario();
    for (var fault : scenario.faults()) {
      world.desk().add(fault.apply(began).yaml(key()));
    }
    Duration deadline = scenario.deadline();
    for (Line line : lines) {
      var _ =
          world
              .producer()
              .send(
                  line.record(
                      world.topics().requests().name(),
                      began,
                      deadline == null ? null : began.plus(deadline)));
    }
    world.producer().flush();
    scenario.opening().play(this);
    if (scenario.room() == 0) {
      awaitUnderWay(lines.size());
    }
  }

  /** Waits until that many of the requests are in sealed batches or have ended without one. */
  void awaitUnderWay(int requests) {
    patiently(
        () -> {
          long ended =
              lines.stream()
                  .filter(line -> !world.watch().outcomes(line.customId()).isEmpty())
                  .count();
          assertThat(world.watch().sealed(part.account()) + ended)
              .as("requests sealed or ended")
              .isGreaterThanOrEqualTo(requests);
        });
  }

  /** When it began, in the services' time. */
  Instant began() {
    return began;
  }

  private void awaitOutcomes() {
    patiently(
        () ->
            assertThat(lines)
                .filteredOn(line -> world.watch().outcomes(line.customId()).isEmpty())
                .extracting(Line::customId)
                .as("without outcome; jobs: %s", jobs())
                .isEmpty());
  }

  /** That each request has ended once, as expected if anything is, and none was paid twice. */
  void check() throws Exception {
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(world.watch().outcomes(line.customId())).as(line.customId()).hasSize(1));
    if (!part.scenario().expected().isEmpty()) {
      checkOutcomes();
    }
    List<Executed> ledger = executed();
    for (Line line : lines) {
      assertThat(world.watch().messages(line.customId()))
          .allSatisfy(message -> assertThat(message).isNotBlank().contains(part.scenario().said()));
      List<Boolean> bills =
          ledger.stream()
              .filter(entry -> entry.body().equals(line.bodyHash()))
              .map(Executed::billed)
              .toList();
      assertThat(bills.subList(0, Math.max(0, bills.size() - 1)))
          .as("executions of %s before the last", line.customId())
          .doesNotContain(true);
      if (world.watch().outcomes(line.customId()).getFirst().code() == null) {
        assertThat(bills).as("executions of the answered %s", line.customId()).endsWith(true);
      }
    }
  }

  private void checkOutcomes() {
    List<Outcome> expected = new ArrayList<>();
    for (Share share : part.scenario().expected()) {
      for (int i = 0; i < share.requests(); i++) {
        expected.add(share.outcome());
      }
    }
    assertThat(lines.stream().map(line -> world.watch().outcomes(line.customId()).getFirst()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** What was executed of this scenario so far, in order, though time may have stood still. */
  List<Executed> executed() throws Exception {
    List<String> jobs =
        world.watch().jobs(part.account()).stream()
            .map(JobRecord::getProviderJobId)
            .filter(Objects::nonNull)
            .toList();
    return world.desk().ledger().stream()
        .filter(entry -> entry.organization().equals(part.account()))
        .sorted(
            Comparator.comparing(Executed::at).thenComparing(entry -> number(entry.job(), jobs)))
        .toList();
  }

  /** Place of a job among those, whose ids may have something in front of it. */
  private static int number(String job, List<String> ids) {
    return (int) ids.stream().takeWhile(id -> !id.endsWith(job)).count();
  }

  /** Waits until that many requests were executed. */
  void awaitExecuted(int requests) {
    patiently(() -> assertThat(executed()).hasSizeGreaterThanOrEqualTo(requests));
  }

  /** Waits until that many faults have happened. */
  void awaitFaults(int faults) {
    patiently(() -> assertThat(world.desk().happened(key())).isGreaterThanOrEqualTo(faults));
  }

  /** Waits for the first record of a job like that. */
  JobRecord awaitJob(Predicate<JobRecord> wanted) {
    patiently(() -> assertThat(world.watch().jobs(part.account())).anyMatch(wanted));
    return world.watch().jobs(part.account()).stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until a create was refused and made again, and checks how long that took at least. */
  void createsAgainAfter(Duration wait) {
    JobRecord refused = awaitRefusal();
    List<JobRecord> history = world.watch().jobs(part.account());
    // The refusal came after what was recorded before it, and was heard before it was recorded.
    createsNotBefore(history.get(history.indexOf(refused) - 1).getSince().plus(wait));
  }

  /** Waits until a create was refused and made again, and checks that that was not before. */
  void createsNotBefore(Instant allowed) {
    JobRecord refused = awaitRefusal();
    int refusedAt = world.watch().jobs(part.account()).indexOf(refused);
    patiently(() -> assertThat(creates(refusedAt)).isNotEmpty());
    assertThat(creates(refusedAt).getFirst().getSince()).isAfterOrEqualTo(allowed);
  }

  private List<JobRecord> creates(int afterRecord) {
    List<JobRecord> history = world.watch().jobs(part.account());
    return history.subList(afterRecord + 1, history.size()).stream()
        .filter(job -> job.getState() == JobStateName.CREATING)
        .toList();
  }

  /** The first create was refused, or the job failed for want of room. */
  private JobRecord awaitRefusal() {
    return awaitJob(
        job ->
            job.getProblemCode() != null
                && (job.getState() == JobStateName.UPLOADED
                    || job.getState() == JobStateName.SEALED));
  }

  /** Asks Offpeak to cancel the job's batch. */
  void cancel(JobRecord job) throws Exception {
    cancel(ControlRecord.newBuilder().setBatchId(job.getBatchId()));
  }

  /** Asks Offpeak to cancel the request of that number, counted from 0, which is not sealed yet. */
  void cancelRequest(int index) throws Exception {
    cancel(ControlRecord.newBuilder().setCustomId(lines.get(index).customId()));
  }

  private void cancel(ControlRecord.Builder what) throws Exception {
    ControlRecord command =
        what.setAction(ControlAction.CANCEL).setIssuedAt(world.time().instant()).build();
    String topic = world.topics().control().name();
    byte[] value = world.serdes().serializer(ControlRecord.class).serialize(topic, command);
    var _ = world.producer().send(new ProducerRecord<>(topic, "*".getBytes(UTF_8), value)).get();
  }

  /** The account's key is accepted again. */
  void restoreKey() throws Exception {
    world.desk().restoreKey(key());
  }

  private String key() {
    return World.key(part.account());
  }

  private List<String> jobs() {
    return world.watch().jobs(part.account()).stream()
        .map(
            job ->
                job.getBatchId()
                    + " "
                    + job.getState()
                    + " "
                    + job.getProviderStatus()
                    + " "
                    + describe(job.getProblem()))
        .toList();
  }

  private static String describe(@Nullable String problem) {
    return problem == null ? "" : problem;
  }

  /** Time stands still for the work, so that the services' time says when it is too late. */
  private void patiently(ThrowingRunnable happens) {
    Instant latest = world.time().instant().plus(LONGEST);
    await()
        .forever()
        .pollInterval(Duration.ofSeconds(1))
        .failFast(
            () -> {
              world.hand().check(LONGEST_WORK);
              if (world.time().instant().isAfter(latest)) {
                happens.run();
              }
            })
        .untilAsserted(happens);
  }
}
