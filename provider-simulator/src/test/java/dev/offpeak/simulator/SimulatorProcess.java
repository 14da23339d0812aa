package dev.offpeak.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A simulator in a process of its own, which is killed when it is closed. */
final class SimulatorProcess implements AutoCloseable {
  private static final String ROOT_LINE = "Anthropic: ";

  private final Process process;
  private final URI root;

  private SimulatorProcess(Process process, URI root) {
    this.process = process;
    this.root = root;
  }

  static SimulatorProcess start(int maxHeapMiB, Path data, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + maxHeapMiB + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new SimulatorProcess(process, root(process));
  }

  private static URI root(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(ROOT_LINE)) {
        return URI.create(line.substring(ROOT_LINE.length()));
      }
    }
    throw new IOException("The simulator did not start");
  }

  URI root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
