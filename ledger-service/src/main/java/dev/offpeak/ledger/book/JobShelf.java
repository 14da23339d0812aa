package dev.offpeak.ledger.book;

import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The last record of each job in llm.jobs. */
final class JobShelf extends AvroShelf<JobRecord, JobRecord> {

  private static final String INSERT =
      """
      INSERT INTO job (batch_id, provider, account, endpoint, model, requests, bytes, estimated_tokens,
        state, in_flight, since, sealed_at, submitted_at, expires_at, waits_until, input_file_id,
        provider_job_id, provider_status, done, failed, problem_code, problem, scope, deadline)
      VALUES (:id, :provider, :account, :endpoint, :model, :requests, :bytes, :tokens,
        :state, :inFlight, :since, :sealed, :submitted, :expires, :waits, :file,
        :job, :status, :done, :failed, :code, :problem, :scope, :deadline)
      """;

  JobShelf(String topic, Deserializer<JobRecord> values) {
    super(topic, values);
  }

  @Override
  public JobRecord read(ConsumerRecord<byte[], byte[]> record) {
    return value(record);
  }

  @Override
  public void write(Handle handle, Slice slice, List<JobRecord> jobs) {
    Map<String, JobRecord> last =
        LastOf.replacing(
            handle, "job", "batch_id", jobs, job -> String.valueOf(Fit.id(job.getBatchId())));
    PreparedBatch batch = handle.prepareBatch(INSERT);
    last.forEach((id, job) -> bind(batch, id, job));
    batch.execute();
  }

  private static void bind(PreparedBatch batch, String id, JobRecord job) {
    batch
        .bind("id", id)
        .bind("provider", Fit.name(job.getProvider()))
        .bind("account", Fit.name(job.getAccount()))
        .bind("endpoint", Fit.name(job.getEndpoint()))
        .bind("model", Fit.name(job.getModel()))
        .bind("requests", job.getRequests())
        .bind("bytes", job.getBytes())
        .bind("tokens", job.getEstimatedTokens())
        .bind("state", state(job))
        .bind("inFlight", job.getState() != JobStateName.ENDED)
        .bind("since", Fit.at(job.getSince()))
        .bind("sealed", Fit.at(job.getSealedAt()))
        .bind("submitted", Fit.at(job.getSubmittedAt()))
        .bind("expires", Fit.at(job.getExpiresAt()))
        .bind("waits", Fit.at(job.getNotBefore()))
        .bind("file", Fit.nameOrNull(job.getInputFileId()))
        .bind("job", Fit.nameOrNull(job.getProviderJobId()))
        .bind("status", Fit.nameOrNull(job.getProviderStatus()))
        .bind("done", job.getDone())
        .bind("failed", job.getFailed())
        .bind("code", Fit.nameOrNull(job.getProblemCode()))
        .bind("problem", Fit.words(job.getProblem()))
        .bind("scope", Fit.names(job.getScope()))
        .bind("deadline", Fit.at(job.getDeadline()))
        .add();
  }

  /** As commands name it: of an ended job, how it ended. */
  private static String state(JobRecord job) {
    Enum<?> state = job.getEnded() == null ? job.getState() : job.getEnded();
    return state.name().toLowerCase(Locale.ROOT);
  }
}
