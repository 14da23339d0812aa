package dev.offpeak.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicRulesTest {

  private static final Topics TOPICS = Topics.withPrefix("team-a.");
  private static final Duration THREE_WINDOWS = Duration.ofDays(3).plusMinutes(5);

  private final TopicRules rules =
      new TopicRules(new TopicRequirements(true, 6, (short) 3, THREE_WINDOWS, 9_000_000));

  @Test
  void topicsAsWeCreateThemHaveNoProblem() {
    var there = new LinkedHashMap<TopicDefinition, TopicState>();
    TOPICS.all().forEach(topic -> there.put(topic, asCreated(topic)));

    assertThat(rules.problems(there)).isEmpty();
  }

  @Test
  void everyNameBeginsWithThePrefix() {
    assertThat(TOPICS.all())
        .extracting(TopicDefinition::name)
        .doesNotHaveDuplicates()
        .hasSize(17)
        .allMatch(name -> name.startsWith("team-a.llm."));
  }

  @Test
  void aCompactedTopicOfRequestsWouldLoseSome() {
    assertThat(problems(TOPICS.requests(), "cleanup.policy", "compact"))
        .startsWith("team-a.llm.requests has cleanup.policy=compact; with it records would vanish")
        .contains("--entity-name team-a.llm.requests --add-config cleanup.policy=delete");
  }

  @Test
  void aLedgerThatIsNotCompactedWouldForgetJobs() {
    assertThat(problems(TOPICS.jobs(), "cleanup.policy", "compact,delete"))
        .startsWith("team-a.llm.jobs has cleanup.policy=compact,delete; it is the ledger");
  }

  @Test
  void usersMayCompactTheirResults() {
    assertThat(problems(TOPICS.results(), "cleanup.policy", "compact")).isEmpty();
  }

  @Test
  void lanesMustOutliveAllAttempts() {
    assertThat(
            problems(TOPICS.lanes(), "retention.ms", Long.toString(Duration.ofDays(3).toMillis())))
        .startsWith(
            "team-a.llm.lanes keeps records for 3d (retention.ms=259200000); it must keep"
                + " them for 3d5m or longer")
        .contains("--add-config retention.ms=604800000");
    assertThat(problems(TOPICS.lanes(), "retention.ms", Long.toString(THREE_WINDOWS.toMillis())))
        .isEmpty();
    assertThat(problems(TOPICS.lanes(), "retention.ms", "-1")).isEmpty();
  }

  @Test
  void lanesThatJobsOutliveByDefaultAreCreatedWithMore() {
    var patient =
        new TopicRules(new TopicRequirements(true, 6, (short) 3, Duration.ofDays(30), 9_000_000));

    assertThat(patient.settings(TOPICS.lanes()))
        .containsEntry("retention.ms", Long.toString(Duration.ofDays(30).toMillis()));
    assertThat(patient.settings(TOPICS.retries()))
        .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()));
  }

  @Test
  void lanesMayNotBeCutBySize() {
    assertThat(problems(TOPICS.lanes(), "retention.bytes", "1000000"))
        .startsWith("team-a.llm.lanes has retention.bytes=1000000");
    assertThat(problems(TOPICS.requests(), "retention.bytes", "1000000")).isEmpty();
  }

  @Test
  void topicsOfRequestsMustTakeTheLargest() {
    assertThat(problems(TOPICS.lanes(), "max.message.bytes", "8999999"))
        .startsWith("team-a.llm.lanes takes records of up to 8999999 bytes")
        .contains("--add-config max.message.bytes=9000000");
    assertThat(problems(TOPICS.control(), "max.message.bytes", "8999999")).isEmpty();
  }

  @Test
  void resultsTakeAnswersThatAreLargerThanAnyRequest() {
    var rules =
        new TopicRules(
            new TopicRequirements(true, 6, (short) 3, THREE_WINDOWS, 9_000_000, 70_000_000));
    var small = new TopicState(6, Map.of("max.message.bytes", "9000000"));

    assertThat(rules.settings(TOPICS.results()))
        .containsEntry("max.message.bytes", "70000000")
        .containsEntry("segment.bytes", "268435456");
    assertThat(rules.settings(TOPICS.failures())).containsEntry("max.message.bytes", "9000000");
    assertThat(rules.growth(TOPICS.results(), small))
        .containsEntry("max.message.bytes", "70000000");
    assertThat(rules.growth(TOPICS.failures(), small)).isEmpty();
    assertThat(rules.problems(Map.of(TOPICS.results(), small)).getFirst())
        .contains("limits.response-bytes");
    assertThat(new TopicRequirements(true, 6, (short) 3, THREE_WINDOWS, 9_000_000))
        .extracting(TopicRequirements::largestAnswerBytes)
        .isEqualTo(64 * 1024 * 1024 + 65_536);
  }

  @Test
  void batchesJobsAndCompletionsMustAgreeInPartitions() {
    var there = new LinkedHashMap<TopicDefinition, TopicState>();
    there.put(TOPICS.batches(), asCreated(TOPICS.batches()));
    there.put(TOPICS.jobs(), new TopicState(3, rules.settings(TOPICS.jobs())));
    there.put(TOPICS.requests(), new TopicState(1, rules.settings(TOPICS.requests())));

    assertThat(rules.problems(there))
        .singleElement()
        .asString()
        .contains("team-a.llm.batches=6, team-a.llm.jobs=3")
        .contains("add partitions to team-a.llm.jobs:")
        .endsWith("--partitions 6");
  }

  @Test
  void aMissingLedgerGetsAsManyPartitionsAsTheBatchesHave() {
    var there = Map.of(TOPICS.batches(), new TopicState(12, rules.settings(TOPICS.batches())));

    assertThat(rules.partitions(TOPICS.jobs(), there)).isEqualTo(12);
    assertThat(rules.partitions(TOPICS.lanes(), there)).isEqualTo(6);
  }

  @Test
  void settingsThatTheClusterDoesNotShowAreNoProblem() {
    assertThat(rules.problems(Map.of(TOPICS.lanes(), new TopicState(6, Map.of())))).isEmpty();
  }

  private TopicState asCreated(TopicDefinition topic) {
    return new TopicState(6, rules.settings(topic));
  }

  /** The only problem of a topic that differs in one setting, or nothing. */
  private String problems(TopicDefinition topic, String setting, String value) {
    var settings = new HashMap<>(rules.settings(topic));
    settings.put(setting, value);
    var problems = rules.problems(Map.of(topic, new TopicState(6, settings)));
    assertThat(problems).hasSizeLessThan(2);
    return String.join("", problems);
  }
}
