package dev.offpeak.ledger.book;

import dev.offpeak.schemas.avro.QuotaRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What llm.quotas says last of each scope. */
final class QuotaShelf extends AvroShelf<QuotaRecord, QuotaRecord> {

  private static final String INSERT =
      """
      INSERT INTO quota (scope, provider, account, model, unit, configured_limit, learned_limit,
        refusals, paused_until, bytes_per_token, updated_at)
      VALUES (:scope, :provider, :account, :model, :unit, :configured, :learned,
        :refusals, :paused, :ratio, :updated)
      """;

  QuotaShelf(String topic, Deserializer<QuotaRecord> values) {
    super(topic, values);
  }

  @Override
  public QuotaRecord read(ConsumerRecord<byte[], byte[]> record) {
    return value(record);
  }

  @Override
  public void write(Handle handle, Slice slice, List<QuotaRecord> quotas) {
    Map<String, QuotaRecord> last =
        LastOf.replacing(handle, "quota", "scope", quotas, of -> Fit.names(of.getScope()));
    PreparedBatch batch = handle.prepareBatch(INSERT);
    last.forEach(
        (scope, quota) ->
            batch
                .bind("scope", scope)
                .bind("provider", Fit.name(quota.getProvider()))
                .bind("account", Fit.name(quota.getAccount()))
                .bind("model", Fit.name(quota.getModel()))
                .bind("unit", quota.getUnit().name().toLowerCase(Locale.ROOT))
                .bind("configured", quota.getConfiguredLimit())
                .bind("learned", quota.getLearnedLimit())
                .bind("refusals", quota.getRefusals())
                .bind("paused", Fit.at(quota.getPausedUntil()))
                .bind("ratio", ratio(quota))
                .bind("updated", Fit.at(quota.getUpdatedAt()))
                .add());
    batch.execute();
  }

  private static @Nullable Double ratio(QuotaRecord quota) {
    Double bytes = quota.getReportedBytes();
    Double tokens = quota.getReportedTokens();
    return bytes == null || tokens == null || tokens <= 0 || bytes <= 0 ? null : bytes / tokens;
  }
}
