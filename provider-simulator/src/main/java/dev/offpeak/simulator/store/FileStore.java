package dev.offpeak.simulator.store;

import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The provider's file storage: contents on disk, only their descriptions in memory. */
public final class FileStore {
  private final Path contents;
  private final Path parts;
  private final JsonFolder<StoredFile> descriptions;
  private final SimClock clock;
  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();
  private final AtomicLong ordinals = new AtomicLong();

  /** Opens the storage below a folder and drops uploads that a killed process left half done. */
  public FileStore(Path folder, SimClock clock) throws IOException {
    this.contents = Files.createDirectories(folder.resolve("contents"));
    this.parts = Files.createDirectories(folder.resolve("parts"));
    this.descriptions = new JsonFolder<>(folder.resolve("descriptions"), StoredFile.class);
    this.clock = clock;
    try (Stream<Path> left = Files.list(parts)) {
      for (Path part : left.toList()) {
        Files.delete(part);
      }
    }
    for (StoredFile file : descriptions.loadAll()) {
      files.put(file.id(), file);
      clock.notBefore(file.createdAt());
      ordinals.accumulateAndGet(file.ordinal() + 1, Math::max);
    }
  }

  /** A fresh path to which an upload can be written before it is adopted. */
  public Path newPart() {
    return parts.resolve(UUID.randomUUID().toString());
  }

  /**
   * Moves a finished part into the storage. Adopting the same id again changes nothing, so that a
   * killed process may repeat it.
   */
  public StoredFile adopt(StoredFile.Draft draft, Path part) throws IOException {
    removeExpired();
    String id = draft.id();
    StoredFile known = files.get(id);
    if (known != null) {
      Files.deleteIfExists(part);
      return known;
    }
    if (Files.exists(part)) {
      Files.move(part, content(id), StandardCopyOption.ATOMIC_MOVE);
    }
    long now = clock.millis();
    StoredFile file =
        new StoredFile(
            id,
            draft.owner(),
            ordinals.getAndIncrement(),
            draft.name(),
            draft.purpose(),
            draft.contentType(),
            draft.sha256(),
            Files.size(content(id)),
            now,
            draft.lifeMillis() == null ? null : now + draft.lifeMillis());
    descriptions.save(id, file);
    files.put(id, file);
    return file;
  }

  /** The file of that id, when the owner has it and it has not expired. */
  public Optional<StoredFile> find(String owner, String id) {
    StoredFile file = files.get(id);
    return file == null || !file.owner().equals(owner) || file.expired(clock.millis())
        ? Optional.empty()
        : Optional.of(file);
  }

  /** Whether anybody has a file of that id. */
  public boolean taken(String id) {
    StoredFile file = files.get(id);
    return file != null && !file.expired(clock.millis());
  }

  private void removeExpired() throws IOException {
    long now = clock.millis();
    for (StoredFile file : files.values()) {
      if (file.expired(now)) {
        delete(file);
      }
    }
  }

  /** Where the content of a file is. */
  public Path content(String id) {
    return contents.resolve(id);
  }

  /** All files of an owner, oldest first. */
  public List<StoredFile> list(String owner) {
    long now = clock.millis();
    return files.values().stream()
        .filter(file -> file.owner().equals(owner) && !file.expired(now))
        .sorted(Comparator.comparingLong(StoredFile::ordinal))
        .toList();
  }

  /** How many files there are, of all owners. */
  public long count() {
    long now = clock.millis();
    return files.values().stream().filter(file -> !file.expired(now)).count();
  }

  /** Removes a file. Whoever has its content open or linked keeps that. */
  public void delete(StoredFile file) throws IOException {
    files.remove(file.id());
    descriptions.delete(file.id());
    Files.deleteIfExists(content(file.id()));
  }
}
