package dev.offpeak.standalone.endings;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.offpeak.testkit.time.Hand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Where scenes are played at the same time, and what came of each. */
final class Stage {

  private final World world;
  private final Map<Scene.Part, FutureTask<?>> played = new LinkedHashMap<>();
  private final List<Scene> scenes = new ArrayList<>();

  Stage(World world) {
    this.world = world;
  }

  /** Plays these at once, to their ends. */
  void play(List<Scene.Part> parts) throws InterruptedException {
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
        // By the test of that scene.
      }
    }
  }

  /** A test of each scene that was played. */
  Stream<DynamicTest> tests(Predicate<Scene.Part> wanted, String how) {
    return played.entrySet().stream()
        .filter(scene -> wanted.test(scene.getKey()))
        .map(
            scene ->
                dynamicTest(scene.getKey().account() + how, () -> outcomeOf(scene.getValue())));
  }

  private static void outcomeOf(FutureTask<?> task) throws Throwable {
    try {
      var _ = task.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  /** That the ends of all of them are still as they were. */
  void checkAll() throws Exception {
    for (Scene scene : scenes) {
      scene.check();
    }
  }
}
