package dev.offpeak.operations.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An installation that lives in one process and says in its state folder where it is, as long as it
 * runs: a file in the form of {@code --config}, locked by that process. One that a killed process
 * has left behind is not locked, and so is not believed.
 */
public final class RunningInstallation implements Closeable {

  private static final String FILE = "cluster.yaml";

  private final Path file;
  private final FileChannel lock;

  private RunningInstallation(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Says where the installation is until this is closed.
   *
   * @param folder of its state, which belongs to this process alone
   */
  public static RunningInstallation announce(Path folder, ClusterConfig where) throws IOException {
    Path file = folder.resolve(FILE);
    // Whoever finds it finds it whole: it is written and locked before it has its name.
    Path arriving = Files.createTempFile(folder, "cluster", ".yaml");
    FileChannel channel = FileChannel.open(arriving, StandardOpenOption.WRITE);
    try {
      var _ = channel.lock();
      channel.write(ByteBuffer.wrap(yaml(where).getBytes(UTF_8)));
      Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
      return new RunningInstallation(file, channel);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(arriving);
      throw e;
    }
  }

  /**
   * The files of the installations that run now.
   *
   * @param home a state folder, which is one's own, or holds that of {@code up} and those of runs
   */
  static List<Path> find(Path home) {
    List<Path> found = new ArrayList<>();
    addHeld(home, found);
    addHeld(home.resolve("up"), found);
    Path runs = home.resolve("runs");
    if (Files.isDirectory(runs)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
        folders.forEach(folder -> addHeld(folder, found));
      } catch (IOException e) {
        throw new UncheckedIOException("can't look for running installations in " + runs, e);
      }
    }
    found.sort(null);
    return found;
  }

  /** The gateways of the installations that are at work in that state folder. */
  public static List<URI> gateways(Path home) {
    return find(home).stream()
        .map(file -> ConfigLoader.loadPart(ClusterConfig.class, List.of(), file, Map.of()))
        .map(where -> where.gateway().url())
        .filter(Objects::nonNull)
        .map(URI::create)
        .toList();
  }

  private static void addHeld(Path folder, List<Path> found) {
    Path file = folder.resolve(FILE);
    if (Files.isRegularFile(file) && isHeld(file)) {
      found.add(file);
    }
  }

  private static boolean isHeld(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock free = shared(channel)) {
      return free == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("can't look at " + file, e);
    }
  }

  private static @Nullable FileLock shared(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String yaml(ClusterConfig where) {
    StringBuilder yaml = new StringBuilder(256);
    yaml.append("# Where this installation is, as long as it runs: offpeak jobs, audit, cancel ...")
        .append("\nkafka:\n  bootstrap-servers: ")
        .append(quoted(where.kafka().bootstrapServers()))
        .append("\nregistry:\n  url: ")
        .append(quoted(where.registry().url()))
        .append("\ntopics:\n  create: false\n  prefix: ")
        .append(quoted(where.topics().prefix()))
        .append("\nlimits:\n  request-bytes: ")
        .append(where.limits().requestBytes())
        .append(address("ledger", where.ledger().url()))
        .append(address("gateway", where.gateway().url()))
        .append("\naccounts:\n");
    new TreeMap<>(where.accounts())
        .forEach(
            (name, account) -> {
              yaml.append("  ").append(quoted(name)).append(":\n    models: ");
              yaml.append(account.models().stream().map(RunningInstallation::quoted).toList());
              if (account.provider() != null) {
                yaml.append("\n    provider: ").append(quoted(account.provider()));
              }
              yaml.append('\n');
            });
    return yaml.toString();
  }

  private static String address(String section, @Nullable String url) {
    return url == null ? "" : "\n" + section + ":\n  url: " + quoted(url);
  }

  /** A string of JSON, which is one of YAML. */
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  @Override
  public void close() {
    try (lock) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't take back " + file, e);
    }
  }
}
