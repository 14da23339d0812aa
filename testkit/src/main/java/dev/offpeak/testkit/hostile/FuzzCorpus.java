package dev.offpeak.testkit.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The inputs that coverage-guided fuzzing has found worth keeping, run as ordinary tests. They lie
 * in {@code src/test/resources/fuzz/NAME} of the module that has the target; {@code tools/fuzz}
 * looks for more.
 */
public final class FuzzCorpus {

  private FuzzCorpus() {}

  /**
   * A test for each kept input of a target.
   *
   * @param target the class with {@code fuzzerTestOneInput}, by which the folder is called
   * @param entry that method
   */
  public static Stream<DynamicTest> tests(Class<?> target, Consumer<byte[]> entry) {
    Path folder = Path.of("src", "test", "resources", "fuzz", target.getSimpleName());
    return inputs(folder).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    target.getSimpleName() + " " + file.getFileName(),
                    () -> entry.accept(Files.readAllBytes(file))));
  }

  private static List<Path> inputs(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> inputs = files.sorted().toList();
      if (inputs.isEmpty()) {
        throw new IllegalStateException(folder.toAbsolutePath() + " holds no inputs");
      }
      return inputs;
    } catch (IOException e) {
      throw new IllegalStateException(folder.toAbsolutePath() + " can't be read", e);
    }
  }
}
