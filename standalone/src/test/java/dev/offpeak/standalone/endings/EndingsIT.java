package dev.offpeak.standalone.endings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every cell of docs/endings.md and some random faults, all at the same time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingsIT {

  /** Decides the random faults; in the name of the test that fails, to be set again. */
  private static final long SEED = Long.getLong("offpeak.endings.seed", System.nanoTime());

  private final CyclicBarrier monthLater =
      new CyclicBarrier(Line.PROVIDERS.size(), this::letAMonthPass);
  private final Table table = new Table(_ -> monthLater.await());
  private World world;
  private Stage stage;

  @BeforeAll
  void play(@TempDir Path folder) throws Exception {
    Map<String, Scene.Part> parts = table.parts();
    parts.putAll(RandomFaults.parts(SEED));
    world = new World(folder, parts, "");
    stage = new Stage(world);
    stage.play(parts.values().stream().filter(part -> !table.isLast(part)).toList());
    stage.play(parts.values().stream().filter(table::isLast).toList());
  }

  /** Nothing is running then but the scenarios that wait for it. */
  private void letAMonthPass() {
    try {
      world.desk().advance("PT720H");
      world.desk().clearFaults();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRequestEndsAsThePageSays() {
    return stage.tests(part -> !part.scenario().expected().isEmpty(), "");
  }

  @TestFactory
  Stream<DynamicTest> everyRequestEndsOnceWhateverGoesWrong() {
    return stage.tests(
        part -> part.scenario().expected().isEmpty(), " with -Doffpeak.endings.seed=" + SEED);
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
