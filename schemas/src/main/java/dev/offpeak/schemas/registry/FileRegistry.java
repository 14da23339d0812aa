package dev.offpeak.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.avro.Schema;

/**
 * The registry behind {@code file:///path}: one line of the file for each schema of a subject, in
 * the order of registration, from which the ids follow. Whoever uses the same file, now or after a
 * restart, sees the same ids; several processes of one machine may do so at once.
 */
final class FileRegistry implements SchemaRegistry {

  private static final char AFTER_SUBJECT = '\t';

  private final Path file;
  private final InProcessRegistry known = InProcessRegistry.unnamed();
  private long readTo;

  private FileRegistry(Path file) {
    this.file = file;
  }

  /** The registry in the file of that URL, which need not exist yet. */
  static FileRegistry at(String url) {
    return new FileRegistry(Path.of(URI.create(url)));
  }

  @Override
  public int register(String subject, Schema schema) {
    // A lock on a file is the process's; among its threads this one is.
    synchronized (FileRegistry.class) {
      try (FileChannel channel =
              FileChannel.open(
                  Files.createDirectories(file.toAbsolutePath().getParent())
                      .resolve(file.getFileName()),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        read(channel);
        if (!known.has(subject, schema)) {
          append(channel, subject + AFTER_SUBJECT + schema + "\n");
        }
        return known.register(subject, schema);
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }

  /** Writes behind the last whole line, over what a killed process may have left there. */
  private void append(FileChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
    channel.truncate(readTo).position(readTo);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    readTo = channel.position();
  }

  /** Takes the lines that have been added. */
  private void read(FileChannel channel) throws IOException {
    ByteBuffer added = ByteBuffer.allocate(Math.toIntExact(channel.size() - readTo));
    while (added.hasRemaining() && channel.read(added, readTo + added.position()) >= 0) {}
    int start = 0;
    for (int i = 0; i < added.position(); i++) {
      if (added.get(i) == '\n') {
        take(new String(added.array(), start, i - start, UTF_8));
        start = i + 1;
      }
    }
    readTo += start;
  }

  private void take(String line) {
    int tab = line.indexOf(AFTER_SUBJECT);
    int _ =
        known.register(line.substring(0, tab), new Schema.Parser().parse(line.substring(tab + 1)));
  }

  private void catchUp() {
    synchronized (FileRegistry.class) {
      if (!Files.exists(file)) {
        return;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock _ = channel.lock(0, Long.MAX_VALUE, true)) {
        read(channel);
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
  }

  private RegistryUnavailable unavailable(IOException e) {
    return new RegistryUnavailable("the schemas in " + file + " can't be used", e);
  }

  @Override
  public int idOf(String subject, Schema schema) {
    catchUp();
    return known.idOf(subject, schema);
  }

  @Override
  public RegisteredSchema latest(String subject) {
    catchUp();
    return known.latest(subject);
  }

  @Override
  public Schema byId(int id) {
    catchUp();
    return known.byId(id);
  }

  @Override
  public void close() {}
}
