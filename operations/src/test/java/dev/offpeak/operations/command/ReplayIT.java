package dev.offpeak.operations.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.operations.command.Desk.Did;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class ReplayIT {

  @TempDir Path folder;
  private CommandTopics world;
  private Desk desk;

  @BeforeEach
  void createTopics(TestKafka kafka) throws Exception {
    world = new CommandTopics(kafka);
    desk = Desk.with(world.yaml("main: {provider: openai, models: [gpt-*]}"), folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aReplayCountsNeitherItselfNorEarlierOnes() {
    world.request(CommandTopics.line("a"));
    world.request(CommandTopics.line("b"));
    // Sent twice by its producer.
    world.request(CommandTopics.line("a"));

    assertThat(desk.run("replay", "--replay-id", "one", "--dry-run").said())
        .contains("nothing sent: 2 new requests");
    assertThat(desk.run("replay", "--replay-id", "one").said()).contains("sent 2 new requests");
    assertThat(desk.run("replay", "--replay-id", "one"))
        .satisfies(did -> assertThat(did.code()).isZero())
        .satisfies(
            did ->
                assertThat(did.said())
                    .contains("sent 0 new requests, replay id 'one'; 2 were sent with it before"));
    assertThat(desk.run("replay", "--replay-id", "two", "--dry-run").said())
        .contains("nothing sent: 2 new requests");
    assertThat(desk.run("replay", "--replay-id", "two").said()).contains("sent 2 new requests");
    assertThat(replayed()).hasSize(4);
  }

  @Test
  void aReplayThatWasCutOffSendsTheRest() {
    world.request(CommandTopics.line("a"));
    world.request(CommandTopics.line("b"));
    world.request(CommandTopics.line("a"), "offpeak-replay-id", "one");

    assertThat(desk.run("replay", "--replay-id", "one").said())
        .contains("sent 1 new requests, replay id 'one'; 1 were sent with it before");
  }

  @Test
  void theDryRunCountsWhatIsSentAndSaysWhatIsLeftOut() {
    world.request(CommandTopics.line("a"));
    world.request(CommandTopics.line("a"));
    world.request(
        "{\"key\":\"g\",\"request\":{\"contents\":[]}}", "offpeak-model", "gemini-2.5-flash");
    world.foreign(world.topics().requests());
    String[] wish = {"replay", "--replay-id", "r", "--request-bytes", "150"};
    world.request(CommandTopics.line("x".repeat(100)));

    Did dry = desk.run(with(wish, "--dry-run"));
    Did sent = desk.run(wish);

    assertThat(dry.said())
        .contains("nothing sent: 2 new requests")
        .contains("1 records left out: the same request as another")
        .contains("longer than 150B, which is limits.request-bytes")
        .contains("records left out: no requests");
    assertThat(sent.said().lines().filter(line -> line.startsWith("  ")).toList())
        .isEqualTo(dry.said().lines().filter(line -> line.startsWith("  ")).toList());
    assertThat(sent.said()).contains("sent 2 new requests");
    assertThat(replayed()).hasSize(2);
  }

  @Test
  void failuresInJsonAreSentAgainAsTheyWere() {
    String gemini = "{\"key\":\"g\",\"request\":{\"contents\":[]}}";
    world.foreign(world.topics().failures());
    world.failed(CommandTopics.line("a"), FailureCode.BATCH_EXPIRED, true, true);
    world.failed(CommandTopics.line("b"), FailureCode.BATCH_EXPIRED, true, false);
    world.failed(gemini, FailureCode.BATCH_EXPIRED, true, true);
    world.failed(CommandTopics.line("d"), FailureCode.BATCH_CANCELLED, false, true);

    Did did = desk.run("retry-failures", "--replay-id", "again");

    assertThat(did.code()).isZero();
    assertThat(did.said())
        .contains("sent 3 new requests")
        .containsPattern("left out 5 record\\(s\\) of \\S*llm.failures that can't be read");
    assertThat(replayed())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly(CommandTopics.line("a"), CommandTopics.line("b"), gemini);
    assertThat(header(replayed().getFirst(), "offpeak-tenant")).isEqualTo("acme");
    assertThat(header(replayed().getFirst(), "offpeak-label-team")).isEqualTo("red");
    assertThat(header(replayed().getFirst(), "traceparent")).isEqualTo("t");
    assertThat(header(replayed().getLast(), "offpeak-model")).isEqualTo("gemini-2.5-flash");
    assertThat(desk.run("retry-failures", "--replay-id", "again").said())
        .contains("sent 0 new requests, replay id 'again'; 3 were sent with it before");
    assertThat(
            desk.run("retry-failures", "--replay-id", "x", "--code", "batch_cancelled", "--dry-run")
                .said())
        .contains("nothing sent: 1 new requests");
  }

  @Test
  void aSelectionThatMeetsNothingFailsAndSaysWhatThereIs() {
    world.request(CommandTopics.line("a"), "offpeak-tenant", "acme");
    world.failed(CommandTopics.line("a"), FailureCode.BATCH_EXPIRED, true, true);

    assertFails(desk.run("replay", "--replay-id", "r", "--tenant", "acne"), "tenants acme");
    assertFails(
        desk.run("replay", "--replay-id", "r", "--of-model", "gtp-*"), "models gpt-4o-mini");
    assertFails(
        desk.run("retry-failures", "--replay-id", "r", "--code", "nope"), "codes batch_expired");
    assertFails(
        desk.run("replay", "--replay-id", "r", "--model", "claude-x"),
        "no account takes 'claude-x'");
    assertFails(
        desk.run("replay", "--replay-id", "r", "--account", "maim"), "Did you mean 'main'?");
    assertFails(desk.run("replay", "--replay-id", "r", "--offsets", "7=0-1"), "no partition");
    assertFails(desk.run("replay", "--replay-id", "r", "--offsets", "0=5-1"), "FROM-TO");
    assertFails(desk.run("replay", "--replay-id", " "), "replay id is empty");
    assertThat(replayed()).isEmpty();
  }

  private static void assertFails(Did did, String with) {
    assertThat(did.code()).as(did.said()).isEqualTo(2);
    assertThat(did.said()).contains(with);
  }

  private List<ConsumerRecord<byte[], byte[]>> replayed() {
    return world.written(world.topics().requests()).stream()
        .filter(record -> record.headers().lastHeader("offpeak-replay-of") != null)
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static String[] with(String[] arguments, String more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = more;
    return all;
  }
}
