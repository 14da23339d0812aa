package dev.offpeak.standalone.command;

import dev.offpeak.core.text.Visible;
import dev.offpeak.standalone.input.BrokenInput;
import dev.offpeak.standalone.input.InputCheck;
import dev.offpeak.standalone.state.StandardInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a run as they were named, and what is wrong with them before a line is sent.
 *
 * @param paths to be read, each of which can be read again
 * @param names what a person calls them
 * @param problems of whole files, each told once
 */
record InputFiles(List<Path> paths, List<String> names, List<String> problems) {

  private static final String STANDARD = "-";

  /** Keeps what can be read only once below that folder. */
  static InputFiles of(List<Path> files, Path home) throws IOException {
    InputFiles inputs = new InputFiles(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Path file : files) {
      inputs.add(file, home.resolve("stdin"));
    }
    return inputs;
  }

  private void add(Path file, Path kept) throws IOException {
    boolean standard = file.toString().equals(STANDARD);
    String name = standard ? "standard input" : Visible.of(file.toString());
    if (!standard && !Files.exists(file)) {
      problems.add(name + ": there is no such file");
      return;
    }
    if (!standard && Files.isDirectory(file)) {
      problems.add(name + ": it is a folder; name the files in it");
      return;
    }
    if (!standard && !Files.isReadable(file)) {
      problems.add(name + ": it may not be read");
      return;
    }
    Path path = standard ? StandardInput.keep(System.in, kept) : again(file, kept);
    try {
      InputCheck.check(path);
    } catch (BrokenInput e) {
      problems.add(name + ": " + Visible.of(String.valueOf(e.getMessage())).replace("FILE", name));
    }
    paths.add(path);
    names.add(name);
  }

  /** A pipe can be read only once. */
  private static Path again(Path file, Path kept) throws IOException {
    if (Files.isRegularFile(file)) {
      return file;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return StandardInput.keep(in, kept);
    }
  }
}
