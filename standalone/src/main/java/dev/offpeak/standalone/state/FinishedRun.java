package dev.offpeak.standalone.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32C;

/**
 * That a run has come to its end, and what it came to. Whoever finds this in the run's folder,
 * which is named by a digest of the inputs, and the output files as they were written has nothing
 * to do.
 *
 * @param allSucceeded whether no request failed
 * @param summary what was said at the end
 * @param files where the outcomes are
 */
public record FinishedRun(boolean allSucceeded, String summary, List<Written> files) {

  private static final String NAME = "finished.properties";
  private static final int BUFFER = 1 << 20;

  /**
   * An output file as it was when the run ended.
   *
   * @param path absolute
   */
  public record Written(Path path, long bytes, long checksum) {

    /** A file as it is now. */
    static Written of(Path path) throws IOException {
      CRC32C checksum = new CRC32C();
      long bytes = 0;
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = Files.newInputStream(path)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          checksum.update(buffer, 0, n);
          bytes += n;
        }
      }
      return new Written(path.toAbsolutePath().normalize(), bytes, checksum.getValue());
    }

    private boolean stands() throws IOException {
      return Files.isRegularFile(path) && Files.size(path) == bytes && of(path).equals(this);
    }
  }

  public FinishedRun {
    files = List.copyOf(files);
  }

  /** Notes the end of a run; outcomes that went to no file are not there to be found again. */
  public static void note(Path folder, boolean allSucceeded, String summary, List<Path> outputs)
      throws IOException {
    List<Written> files = new ArrayList<>();
    for (Path output : outputs) {
      if (!Files.isRegularFile(output)) {
        forget(folder);
        return;
      }
      files.add(Written.of(output));
    }
    new FinishedRun(allSucceeded, summary, files).write(folder);
  }

  /** The next run of this folder looks for itself. */
  public static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }

  /** The end that was noted, if its outcomes stand in exactly these files still. */
  public static Optional<FinishedRun> in(Path folder, List<Path> outputs) throws IOException {
    Path noted = folder.resolve(NAME);
    if (!Files.exists(noted)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(noted, UTF_8)) {
      properties.load(reader);
      FinishedRun run = of(properties);
      return run.standsIn(outputs) ? Optional.of(run) : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private boolean standsIn(List<Path> outputs) throws IOException {
    List<Path> wanted = outputs.stream().map(each -> each.toAbsolutePath().normalize()).toList();
    if (!wanted.equals(files.stream().map(Written::path).toList())) {
      return false;
    }
    for (Written file : files) {
      if (!file.stands()) {
        return false;
      }
    }
    return true;
  }

  private static FinishedRun of(Properties properties) {
    List<Written> files = new ArrayList<>();
    for (int i = 0; properties.containsKey("file." + i); i++) {
      files.add(
          new Written(
              Path.of(properties.getProperty("file." + i)),
              Long.parseLong(properties.getProperty("bytes." + i)),
              Long.parseLong(properties.getProperty("checksum." + i))));
    }
    return new FinishedRun(
        Boolean.parseBoolean(properties.getProperty("all-succeeded")),
        properties.getProperty("summary", ""),
        files);
  }

  /** In one step: a killed process leaves the whole of it or nothing. */
  private void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("all-succeeded", Boolean.toString(allSucceeded));
    properties.setProperty("summary", summary);
    for (int i = 0; i < files.size(); i++) {
      properties.setProperty("file." + i, files.get(i).path().toString());
      properties.setProperty("bytes." + i, Long.toString(files.get(i).bytes()));
      properties.setProperty("checksum." + i, Long.toString(files.get(i).checksum()));
    }
    Path fresh = folder.resolve(NAME + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh, UTF_8)) {
      properties.store(writer, null);
    }
    Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }
}
