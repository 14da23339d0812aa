package dev.offpeak.standalone.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.UUID;

/**
 * What a run has made at a gateway, kept in its folder. The key of its creates is kept before the
 * first of them, so that a run that is killed between a create and its answer gets the same again.
 */
final class RemoteState {

  private static final String NAME = "batch.properties";
  private static final String KEY = "key";

  private final Path file;
  private final Properties properties = new Properties();

  private RemoteState(Path file) {
    this.file = file;
  }

  static RemoteState in(Path folder) throws IOException {
    RemoteState state = new RemoteState(folder.resolve(NAME));
    if (Files.exists(state.file)) {
      try (Reader reader = Files.newBufferedReader(state.file, UTF_8)) {
        state.properties.load(reader);
      }
    }
    if (state.key().isEmpty()) {
      state.note(KEY, UUID.randomUUID().toString());
    }
    return state;
  }

  /** Names the creates of the run. */
  String key() {
    return properties.getProperty(KEY, "");
  }

  /** The uploaded file; empty before. */
  String fileId() {
    return properties.getProperty("file", "");
  }

  /** The batch; empty before it was made. */
  String batchId() {
    return properties.getProperty("batch", "");
  }

  void uploaded(String id) throws IOException {
    note("file", id);
  }

  void created(String id) throws IOException {
    note("batch", id);
  }

  /** In one step: a killed process leaves the whole of it or what was there before. */
  private void note(String name, String value) throws IOException {
    properties.setProperty(name, value);
    Path fresh = file.resolveSibling(NAME + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh, UTF_8)) {
      properties.store(writer, null);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
