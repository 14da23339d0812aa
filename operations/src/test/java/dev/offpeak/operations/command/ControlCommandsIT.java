package dev.offpeak.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.operations.command.Desk.Did;
import dev.offpeak.operations.world.SampleRecords;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that meets nothing says so and is not written. */
@WithKafka
class ControlCommandsIT {

  @TempDir Path folder;
  private TestKafka kafka;
  private CommandTopics world;
  private Desk desk;

  @BeforeEach
  void createTopics(TestKafka broker) throws Exception {
    kafka = broker;
    world = new CommandTopics(broker);
    desk = Desk.with(world.yaml("other: {provider: gemini}"), folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anAccountThatThereIsNotIsNeitherPausedNorFlushedNorCancelled() {
    world.job("b1", JobStateName.SUBMITTED);

    assertFails(desk.run("pause", "--account", "maim"), "Did you mean 'main'?", "'other'");
    assertFails(desk.run("flush", "--account", "nope"), "no account 'nope'");
    assertFails(desk.run("cancel", "--account", "nope"), "no account 'nope'");
    assertFails(desk.run("jobs", "--account", "nope"), "no account 'nope'");
    assertThat(world.controls()).isEmpty();

    assertThat(desk.run("pause", "--account", "main").code()).isZero();
    assertThat(desk.run("flush", "--account", "other").code()).isZero();
    assertThat(desk.run("pause", "--account", "new", "--force").code()).isZero();
    assertThat(world.controls()).hasSize(3);
  }

  @Test
  void onlyWhatIsHeldIsResumed() {
    assertFails(desk.run("resume", "--account", "other"), "not paused");
    world.control(ControlAction.PAUSE, "other");
    assertThat(desk.run("resume", "--account", "other").code()).isZero();
    assertFails(desk.run("resume", "--account", "other"), "not paused");
  }

  @Test
  void aBatchThatThereIsNotOrThatHasEndedIsNotCancelled() {
    world.job("b-ended", JobStateName.SUBMITTED);
    world.job("b-ended", JobStateName.ENDED);
    assertFails(desk.run("cancel", "--all"), "ended");
    world.job("b-running", JobStateName.SUBMITTED);
    world.sealed("b-waits", 0);

    assertFails(desk.run("cancel", "--batch", "b-runnign"), "Did you mean 'b-running'?");
    assertFails(desk.run("cancel", "--batch", "b-ended"), "ended as completed");
    assertFails(
        desk.run("cancel", "--lane", "openai|main|x"), "There is '" + SampleRecords.LANE + "'");
    assertThat(world.controls()).isEmpty();

    assertThat(desk.run("cancel", "--batch", "b-running").code()).isZero();
    assertThat(desk.run("cancel", "--batch", "b-waits").code()).isZero();
    assertThat(desk.run("cancel", "--lane", SampleRecords.LANE).code()).isZero();
  }

  @Test
  void aRequestIsLookedForInAllTenants() {
    long sealed = world.admitted("sealed", "acme");
    world.sealed("b1", sealed);
    world.admitted("mine", "acme");
    world.admitted("both", "acme");
    world.admitted("both", "globex");
    world.request(CommandTopics.line("fresh"), "offpeak-tenant", "initech");

    assertFails(desk.run("cancel", "--custom-id", "mien"), "no request 'mien'", "'mine'");
    assertFails(desk.run("cancel", "--custom-id", "both"), "acme=1", "globex=1", "--tenant");
    assertFails(desk.run("cancel", "--custom-id", "mine", "--tenant", "globex"), "acme=1");
    assertFails(desk.run("cancel", "--custom-id", "sealed"), "sealed already", "acme");
    assertFails(desk.run("cancel", "--tenant", "acne"), "Did you mean 'acme'?");
    assertThat(world.controls()).isEmpty();

    assertThat(desk.run("cancel", "--custom-id", "mine").said()).contains("of tenant acme");
    assertThat(desk.run("cancel", "--custom-id", "fresh").code()).isZero();
    assertThat(desk.run("cancel", "--custom-id", "both", "--tenant", "globex").code()).isZero();
    assertThat(desk.run("cancel", "--tenant", "acme").code()).isZero();
    assertThat(world.controls())
        .extracting(ControlRecord::getTenant)
        .containsExactly("acme", "initech", "globex", "acme");
  }

  @Test
  void aLaneIsFlushedWhenItHasRequests() {
    world.admitted("a", "acme");

    assertFails(
        desk.run("flush", "--lane", SampleRecords.LANE + "x"),
        "Did you mean '" + SampleRecords.LANE);
    assertThat(desk.run("flush", "--lane", SampleRecords.LANE).code()).isZero();
    assertThat(desk.run("flush").code()).isZero();
  }

  @Test
  void whatIsInNoDoubtIsNotSettled() {
    world.job("b-quarantined", JobStateName.QUARANTINED);

    assertFails(desk.run("jobs", "discard", "b-quarantine"), "Did you mean 'b-quarantined'?");
    assertThat(desk.run("jobs", "discard", "b-quarantined").code()).isZero();
    assertThat(desk.run("jobs", "adopt", "b-quarantined", "--job", "j").code()).isZero();
  }

  @Test
  void foreignRecordsEndNoCommand() {
    world.topics().all().forEach(world::foreign);
    world.job("b1", JobStateName.SUBMITTED);
    world.admitted("mine", "acme");

    assertThat(desk.run("jobs")).matches(did -> did.code() == 0 && did.said().contains("b1"));
    assertThat(desk.run("jobs").said()).contains("left out 4 record(s)");
    assertThat(desk.run("jobs", "--quotas").code()).isZero();
    assertThat(desk.run("audit").said()).contains("left out").contains("llm.results");
    assertThat(desk.run("audit", "--json").said()).contains("\"left_out\":{\"");
    assertThat(desk.run("cancel", "--custom-id", "mine").code()).isZero();
    assertThat(desk.run("pause", "--account", "main").code()).isZero();
  }

  @Test
  void anotherPrefixIsSaidWithThoseThatThereAre() throws Exception {
    Desk elsewhere =
        Desk.with(world.yaml("").replace(kafka.prefix() + "\"}", "nobody.\"}"), folder);

    for (String command : new String[] {"jobs", "audit", "flush"}) {
      Did did = elsewhere.run(command);
      assertThat(did.code()).isEqualTo(3);
      assertThat(did.said())
          .contains("there is no topic nobody.llm.")
          .contains("'" + kafka.prefix() + "'");
    }
  }

  private static void assertFails(Did did, String... with) {
    assertThat(did.code()).as(did.said()).isEqualTo(2);
    assertThat(did.said()).contains(with);
  }
}
