package dev.offpeak.ledger.book;

import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.control.ControlCommands;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** What llm.control says last of accounts: pauses, resumes, and that a provider refuses one. */
final class ControlShelf extends AvroShelf<ControlRecord, ControlShelf.Word> {

  /**
   * A word about an account.
   *
   * @param account empty is every one
   * @param until of a notice: how long the provider is taken to refuse it
   */
  record Word(String account, String word, Instant issuedAt, @Nullable Instant until) {}

  ControlShelf(String topic, Deserializer<ControlRecord> values) {
    super(topic, values);
  }

  @Override
  public @Nullable Word read(ConsumerRecord<byte[], byte[]> record) {
    ControlCommand command = ControlCommands.of(value(record));
    return switch (command) {
      case ControlCommand.Pause(String account, Instant at) ->
          new Word(Fit.name(account), "pause", at, null);
      case ControlCommand.Resume(String account, Instant at) ->
          new Word(Fit.name(account), "resume", at, null);
      case ControlCommand.Notice(String account, Instant until, Instant at) ->
          new Word(Fit.name(account), "notice", at, until);
      case null, default -> null;
    };
  }

  @Override
  public void write(Handle handle, Slice slice, List<Word> words) {
    words.forEach(
        word -> {
          Argument issued = Fit.at(word.issuedAt());
          int known =
              handle
                  .createQuery(
                      "SELECT 1 FROM account_word WHERE account = :account AND word = :word")
                  .bind("account", word.account())
                  .bind("word", word.word())
                  .mapTo(Integer.class)
                  .list()
                  .size();
          handle
              .createUpdate(
                  known == 0
                      ? "INSERT INTO account_word (account, word, issued_at, valid_until)"
                          + " VALUES (:account, :word, :issued, :until)"
                      : "UPDATE account_word SET issued_at = :issued, valid_until = :until"
                          + " WHERE account = :account AND word = :word AND issued_at < :issued")
              .bind("account", word.account())
              .bind("word", word.word())
              .bind("issued", issued)
              .bind("until", Fit.at(word.until()))
              .execute();
        });
  }
}
