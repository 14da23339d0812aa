package dev.offpeak.ledger.book;

import dev.offpeak.ledger.config.OutcomesConfig.Kept;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.record.RecordFault;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes records into the database, each once: what a slice brings, and how far its partition has
 * come with it, are one transaction, and a slice is only taken where the last one ended. Whoever
 * else writes into the same database, and however often a slice is brought, no sum counts it twice.
 */
public final class Book {

  /** SQLState of values that a column does not take. */
  private static final String DATA = "22";

  private final LedgerDatabase database;
  private final Map<String, Shelf<?>> shelves = new TreeMap<>();

  private Book(LedgerDatabase database, List<Shelf<?>> shelves) {
    this.database = database;
    shelves.forEach(shelf -> this.shelves.put(shelf.topic(), shelf));
  }

  /** All that the ledger keeps. */
  public static Book of(LedgerDatabase database, Topics topics, SerdeFactory serdes, Kept kept) {
    List<Shelf<?>> shelves = new ArrayList<>();
    shelves.add(usage(topics, serdes));
    shelves.add(new BatchShelf(topics.batches().name(), serdes.deserializer(SealedBatch.class)));
    shelves.add(new JobShelf(topics.jobs().name(), serdes.deserializer(JobRecord.class)));
    shelves.add(new QuotaShelf(topics.quotas().name(), serdes.deserializer(QuotaRecord.class)));
    shelves.add(
        new ControlShelf(topics.control().name(), serdes.deserializer(ControlRecord.class)));
    if (kept != Kept.NONE) {
      shelves.add(OutcomeShelf.ofFailures(topics.failures().name(), serdes));
    }
    if (kept == Kept.ALL) {
      shelves.add(OutcomeShelf.ofResults(topics.results().name(), serdes));
    }
    return new Book(database, shelves);
  }

  /** Only tokens and money. */
  public static Book ofUsage(LedgerDatabase database, Topics topics, SerdeFactory serdes) {
    return new Book(database, List.of(usage(topics, serdes)));
  }

  private static Shelf<?> usage(Topics topics, SerdeFactory serdes) {
    return new UsageShelf(topics.usage().name(), serdes.deserializer(UsageRecord.class));
  }

  /** Full names of the topics that it is made of. */
  public List<String> topics() {
    return List.copyOf(shelves.keySet());
  }

  /** Where each partition stands that was begun. */
  public Map<TopicPartition, Long> places() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT topic, part, next_place FROM kafka_place")
                    .reduceRows(
                        new HashMap<TopicPartition, Long>(),
                        (places, row) -> {
                          places.put(
                              new TopicPartition(
                                  row.getColumn("topic", String.class),
                                  row.getColumn("part", Integer.class)),
                              row.getColumn("next_place", Long.class));
                          return places;
                        }));
  }

  /** Begins a partition, or goes on with it at another place where what is between is gone. */
  public void place(TopicPartition partition, long place) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              int moved =
                  handle
                      .createUpdate(
                          "UPDATE kafka_place SET next_place = :place"
                              + " WHERE topic = :topic AND part = :part")
                      .bind("place", place)
                      .bind("topic", partition.topic())
                      .bind("part", partition.partition())
                      .execute();
              if (moved == 0) {
                handle
                    .createUpdate(
                        "INSERT INTO kafka_place (topic, part, next_place)"
                            + " VALUES (:topic, :part, :place)")
                    .bind("place", place)
                    .bind("topic", partition.topic())
                    .bind("part", partition.partition())
                    .execute();
              }
            });
  }

  /**
   * Takes a slice, whole or not at all.
   *
   * @return false when the database does not stand where the slice begins: it was taken before, or
   *     by somebody else
   * @throws JdbiException when the database can't be written
   * @throws RuntimeException when the registry is away
   */
  public boolean take(Slice slice) {
    try {
      return takeAsItIs(slice);
    } catch (JdbiException e) {
      if (!isAboutData(e)) {
        throw e;
      }
      return slice.records().size() == 1
          ? database.jdbi().inTransaction(handle -> leaveOut(handle, slice, e))
          : slice.single().stream().allMatch(this::take);
    }
  }

  private boolean takeAsItIs(Slice slice) {
    Shelf<?> shelf = shelves.get(slice.partition().topic());
    if (shelf == null) {
      throw new IllegalArgumentException("there is no shelf for " + slice.partition());
    }
    return take(slice, shelf);
  }

  private <R> boolean take(Slice slice, Shelf<R> shelf) {
    List<R> rows = new ArrayList<>(slice.records().size());
    Map<Long, String> unreadable = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : slice.records()) {
      try {
        R row = record.value() == null ? null : shelf.read(record);
        if (row != null) {
          rows.add(row);
        }
      } catch (RuntimeException | StackOverflowError e) {
        if (!RecordFault.isOnRecord(e)) {
          throw e;
        }
        unreadable.put(record.offset(), RecordFault.words(e));
      }
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              if (!advance(handle, slice)) {
                return false;
              }
              if (!rows.isEmpty()) {
                shelf.write(handle, slice, rows);
              }
              note(handle, slice.partition(), unreadable);
              return true;
            });
  }

  private static boolean leaveOut(Handle handle, Slice slice, JdbiException e) {
    if (!advance(handle, slice)) {
      return false;
    }
    note(
        handle,
        slice.partition(),
        Map.of(slice.records().getFirst().offset(), RecordFault.words(e)));
    return true;
  }

  /** Locks the partition's row until the end of the transaction. */
  private static boolean advance(Handle handle, Slice slice) {
    return handle
            .createUpdate(
                "UPDATE kafka_place SET next_place = :to"
                    + " WHERE topic = :topic AND part = :part AND next_place = :from")
            .bind("to", slice.to())
            .bind("topic", slice.partition().topic())
            .bind("part", slice.partition().partition())
            .bind("from", slice.from())
            .execute()
        == 1;
  }

  private static void note(Handle handle, TopicPartition partition, Map<Long, String> unreadable) {
    if (unreadable.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO unreadable (topic, part, place, reason)"
                + " VALUES (:topic, :part, :place, :reason)");
    unreadable.forEach(
        (place, reason) ->
            batch
                .bind("topic", partition.topic())
                .bind("part", partition.partition())
                .bind("place", place)
                .bind("reason", Fit.words(reason))
                .add());
    batch.execute();
  }

  private static boolean isAboutData(JdbiException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith(DATA)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets single requests that ended before; their money stays in the sums. */
  public int forgetBefore(Instant time) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle
                  .createUpdate("DELETE FROM failure_day WHERE on_day < :day")
                  .bind("day", LocalDate.ofInstant(Fit.time(time), ZoneOffset.UTC))
                  .execute();
              return handle
                  .createUpdate("DELETE FROM outcome WHERE at_time < :time")
                  .bind("time", Fit.at(time))
                  .execute();
            });
  }
}
