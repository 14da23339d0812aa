package dev.offpeak.ledger.book;

import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Each record of llm.usage a line; and the lines added up by hour and by day. */
final class UsageShelf extends AvroShelf<UsageRecord, UsageShelf.Line> {

  private static final String INSERT =
      """
      INSERT INTO usage_line (part, place, dims, on_day, at_hour, tenant, team, feature, provider, account,
        endpoint, model, mode, batch_id, requests, input, cached_input, cache_write, output, reasoning,
        cost_pico, sync_cost_pico)
      VALUES (:part, :place, :dims, :day, :hour, :tenant, :team, :feature, :provider, :account,
        :endpoint, :model, :mode, :batch, :requests, :input, :cached, :write, :output, :reasoning,
        :cost, :sync)
      """;

  private static final List<String> SUMS =
      List.of(sums("usage_hour", "at_hour, dims, on_day"), sums("usage_day", "on_day, dims"));

  /**
   * Adds the lines of a slice to a table of sums.
   *
   * @param key its columns besides the dimensions, of which the first and the digest are its key
   */
  private static String sums(String table, String key) {
    return """
    MERGE INTO %1$s h USING (
      SELECT %2$s, tenant, team, feature, provider, account, endpoint, model, mode,
        SUM(requests) AS requests,
        SUM(CASE WHEN cost_pico IS NULL THEN requests ELSE 0 END) AS unpriced_requests,
        SUM(input) AS input, SUM(cached_input) AS cached_input, SUM(cache_write) AS cache_write,
        SUM(output) AS output, SUM(reasoning) AS reasoning,
        SUM(CASE WHEN cost_pico IS NULL THEN CAST(input AS NUMERIC(38, 0)) + output ELSE 0 END) AS unpriced_tokens,
        COALESCE(SUM(cost_pico), 0) AS cost_pico,
        COALESCE(SUM(sync_cost_pico), 0) AS sync_cost_pico
      FROM usage_line WHERE part = :part AND place >= :from AND place < :to
      GROUP BY %2$s, tenant, team, feature, provider, account, endpoint, model, mode) l
    ON h.%3$s = l.%3$s AND h.dims = l.dims
    WHEN MATCHED THEN UPDATE SET
      requests = h.requests + l.requests,
      unpriced_requests = h.unpriced_requests + l.unpriced_requests,
      input = h.input + l.input,
      cached_input = h.cached_input + l.cached_input,
      cache_write = h.cache_write + l.cache_write,
      output = h.output + l.output,
      reasoning = h.reasoning + l.reasoning,
      unpriced_tokens = h.unpriced_tokens + l.unpriced_tokens,
      cost_pico = h.cost_pico + l.cost_pico,
      sync_cost_pico = h.sync_cost_pico + l.sync_cost_pico
    WHEN NOT MATCHED THEN INSERT (%2$s, tenant, team, feature, provider, account,
      endpoint, model, mode, requests, unpriced_requests, input, cached_input, cache_write, output,
      reasoning, unpriced_tokens, cost_pico, sync_cost_pico)
    VALUES (%4$s, l.tenant, l.team, l.feature, l.provider, l.account,
      l.endpoint, l.model, l.mode, l.requests, l.unpriced_requests, l.input, l.cached_input,
      l.cache_write, l.output, l.reasoning, l.unpriced_tokens, l.cost_pico, l.sync_cost_pico)
    """
        .formatted(
            table,
            key,
            key.substring(0, key.indexOf(',')),
            Stream.of(key.split(", ")).map("l."::concat).collect(Collectors.joining(", ")));
  }

  /** A record at its place. */
  record Line(long place, UsageRecord value) {}

  UsageShelf(String topic, Deserializer<UsageRecord> values) {
    super(topic, values);
  }

  @Override
  public Line read(ConsumerRecord<byte[], byte[]> record) {
    return new Line(record.offset(), value(record));
  }

  @Override
  public void write(Handle handle, Slice slice, List<Line> lines) {
    int part = slice.partition().partition();
    PreparedBatch batch = handle.prepareBatch(INSERT);
    lines.forEach(line -> bind(batch, part, line));
    batch.execute();
    for (String sums : SUMS) {
      handle
          .createUpdate(sums)
          .bind("part", part)
          .bind("from", slice.from())
          .bind("to", slice.to())
          .execute();
    }
  }

  private static void bind(PreparedBatch batch, int part, Line line) {
    UsageRecord of = line.value();
    Instant hour = Fit.time(of.getRecordedAt()).truncatedTo(ChronoUnit.HOURS);
    List<String> dims = dimensions(of);
    boolean priced = of.getCostPicoUsd() != null && of.getSyncCostPicoUsd() != null;
    batch
        .bind("part", part)
        .bind("place", line.place())
        .bind("dims", Fit.digest(dims))
        .bind("day", LocalDate.ofInstant(hour, ZoneOffset.UTC))
        .bind("hour", Fit.at(hour))
        .bind("tenant", dims.get(0))
        .bind("team", dims.get(1))
        .bind("feature", dims.get(2))
        .bind("provider", dims.get(3))
        .bind("account", dims.get(4))
        .bind("endpoint", dims.get(5))
        .bind("model", dims.get(6))
        .bind("mode", dims.get(7))
        .bind("batch", Fit.id(of.getBatchId()))
        .bind("requests", of.getRequests())
        .bind("input", of.getUsage().getInput())
        .bind("cached", of.getUsage().getCachedInput())
        .bind("write", of.getUsage().getCacheWrite())
        .bind("output", of.getUsage().getOutput())
        .bind("reasoning", of.getUsage().getReasoning())
        .bind("cost", priced ? of.getCostPicoUsd() : null)
        .bind("sync", priced ? of.getSyncCostPicoUsd() : null)
        .add();
  }

  /** What sums are told apart by. */
  private static List<String> dimensions(UsageRecord of) {
    return List.of(
        Fit.name(of.getTenant()),
        Fit.name(of.getTeam()),
        Fit.name(of.getFeature()),
        Fit.name(of.getProvider()),
        Fit.name(of.getAccount()),
        Fit.name(of.getEndpoint()),
        Fit.name(of.getModel()),
        Fit.name(of.getMode().name().toLowerCase(Locale.ROOT)));
  }
}
