package dev.offpeak.simulator.store;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps records as one JSON file each, replaced as a whole, so that a killed process leaves either
 * the old or the new one.
 *
 * @param <T> the record
 */
public final class JsonFolder<T> {
  private static final String SUFFIX = ".json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final JavaType type;

  private JsonFolder(Path folder, JavaType type) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.type = type;
  }

  /** Makes the folder when it is not there. */
  public JsonFolder(Path folder, Class<T> type) throws IOException {
    this(folder, MAPPER.constructType(type));
  }

  /** A folder of records that hold a record of another type; makes it when it is not there. */
  public static <T> JsonFolder<T> of(Path folder, Class<?> outer, Class<?> inner)
      throws IOException {
    return new JsonFolder<>(folder, MAPPER.getTypeFactory().constructParametricType(outer, inner));
  }

  /** Writes or replaces a record. */
  public void save(String id, T value) throws IOException {
    Path fresh = folder.resolve(id + ".new");
    MAPPER.writeValue(fresh.toFile(), value);
    Files.move(
        fresh,
        folder.resolve(id + SUFFIX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a record; one that is not there is no error. */
  public void delete(String id) throws IOException {
    Files.deleteIfExists(folder.resolve(id + SUFFIX));
  }

  /** Reads every record of the folder, in no particular order. */
  public List<T> loadAll() throws IOException {
    List<T> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        all.add(MAPPER.readValue(file.toFile(), type));
      }
    }
    return all;
  }
}
