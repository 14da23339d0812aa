package dev.offpeak.standalone.endings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Providers that answer as none should, all of them at once in the heap of this process: each
 * request has one outcome, and none is paid for twice. In every build answers that say something
 * else than they should come from one provider each; with {@code -Doffpeak.hostile=all} from each
 * of them, and with {@code each} every kind of call has a scene of its own, which takes many
 * minutes. {@code -Doffpeak.hostile.only=openai-html} plays the scenes with that in their names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class HostileProviderIT {

  /** In the real time in which calls are made, and hardly longer than a busy machine needs. */
  private static final String CALLS = ", calls: {answer: 5s, idle: 2s, longest-wait: 1m}";

  private World world;
  private Stage stage;

  @BeforeAll
  void play(@TempDir Path folder) throws Exception {
    Map<String, Scene.Part> parts =
        switch (System.getProperty("offpeak.hostile", "")) {
          case "each" -> Hostilities.atEachCall();
          case "all" -> Hostilities.atAllCalls();
          default -> Hostilities.twisted();
        };
    String only = System.getProperty("offpeak.hostile.only", "");
    parts.keySet().removeIf(account -> !account.contains(only));
    world = new World(folder, parts, CALLS);
    stage = new Stage(world);
    stage.play(List.copyOf(parts.values()));
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRequestEndsOnceAndIsPaidForOnce() {
    return stage.tests(_ -> true, "");
  }

  @Test
  void noRequestEndsOnceMoreLater() throws Exception {
    stage.checkAll();
  }

  @Test
  void noServiceGivesUp() {
    assertThat(world.services().failures()).isEmpty();
  }
}
