package dev.offpeak.benchmarks.load;

import dev.offpeak.benchmarks.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of this class path as processes of their own. */
public final class JavaProcess {

  private JavaProcess() {}

  /**
   * Runs a program to its end, as the launcher does; answers with the seconds.
   *
   * @param log takes what it prints
   * @throws IOException when it does not end with exit code 0
   */
  public static double run(Class<?> main, List<String> arguments, Path log)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    Stopwatch watch = Stopwatch.started();
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(main.getName() + " ended with exit code " + code + ", see " + log);
    }
    return watch.seconds();
  }
}
