package dev.offpeak.standalone.endings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.testkit.time.Hand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
      new CyclicBarrier(Provider.values().length, this::letAMonthPass);
  private final Table table = new Table(_ -> monthLater.await());
  private final Map<Scene.Part, FutureTask<?>> played = new LinkedHashMap<>();
  private final List<Scene> scenes = new ArrayList<>();
  private World world;

  @BeforeAll
  void play(@TempDir Path folder) throws Exception {
    Map<String, Scene.Part> parts = table.parts();
    parts.putAll(RandomFaults.parts(SEED));
    world = new World(folder, parts);
    playAtOnce(parts.values().stream().filter(part -> !table.isLast(part)).toList());
    playAtOnce(parts.values().stream().filter(table::isLast).toList());
  }

  private void playAtOnce(List<Scene.Part> parts) throws InterruptedException {
    List<FutureTask<?>> tasks = new ArrayList<>();
    for (Scene.Part part : parts) {
      Scene scene = new Scene(part, world);
      scenes.add(scene);
      Hand.Hold begins = world.hand().hold();
      FutureTask<Scene> task =
          new FutureTask<>(
              () -> {
                scene.play(begins);
                return scene;
              });
      played.put(part, task);
      tasks.add(task);
    }
    // All of them hold the time before the first begins.
    for (int i = 0; i < tasks.size(); i++) {
      Thread.ofVirtual().name(parts.get(i).account()).start(tasks.get(i));
    }
    for (FutureTask<?> task : tasks) {
      try {
        var _ = task.get();
      } catch (ExecutionException reported) {
        // By the test of that cell.
      }
    }
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
    return tests(false, "");
  }

  @TestFactory
  Stream<DynamicTest> everyRequestEndsOnceWhateverGoesWrong() {
    return tests(true, " with -Doffpeak.endings.seed=" + SEED);
  }

  private Stream<DynamicTest> tests(boolean random, String how) {
    return played.entrySet().stream()
        .filter(cell -> cell.getKey().scenario().expected().isEmpty() == random)
        .map(cell -> dynamicTest(cell.getKey().account() + how, () -> outcomeOf(cell.getValue())));
  }

  private static void outcomeOf(FutureTask<?> task) throws Throwable {
    try {
      var _ = task.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  @Test
  void noRequestEndsOnceMoreLater() throws Exception {
    for (Scene scene : scenes) {
      scene.check();
    }
  }

  @Test
  void noServiceGivesUp() {
    assertThat(world.services().failures()).isEmpty();
  }
}
