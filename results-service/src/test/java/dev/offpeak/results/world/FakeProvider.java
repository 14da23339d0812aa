package dev.offpeak.results.world;

import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Leftover;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A provider with results only: what each download brings is set by the test. */
public final class FakeProvider implements BatchProvider {

  private final Deque<Supplier<Answer<ResultStream>>> downloads = new ArrayDeque<>();
  private @Nullable Supplier<Answer<ResultStream>> last;
  private final List<String> deleted = new ArrayList<>();
  private final Map<String, ProviderError> kept = new HashMap<>();
  private final Deque<Answer<ProviderJob>> jobs = new ArrayDeque<>();

  /** The next download brings these lines. */
  public FakeProvider brings(List<ResultLine> lines) {
    downloads.add(() -> Answer.ok(new Lines(lines, false)));
    return this;
  }

  /** The next download breaks after these lines. */
  public FakeProvider breaksAfter(List<ResultLine> lines) {
    downloads.add(() -> Answer.ok(new Lines(lines, true)));
    return this;
  }

  /** The next download is refused. */
  public FakeProvider refuses(ProviderError error) {
    downloads.add(() -> Answer.failed(error));
    return this;
  }

  /** What it says of the job when it is asked; the last one again and again. */
  public FakeProvider says(Answer<ProviderJob> answer) {
    jobs.add(answer);
    return this;
  }

  /** Does not delete that file. */
  public void keeps(String file, ProviderError why) {
    kept.put(file, why);
  }

  /** Files that were deleted, or were to be. */
  public List<String> deleted() {
    return deleted;
  }

  /** Downloads that nobody has asked for. */
  public int left() {
    return downloads.size();
  }

  /** The last one again when nothing else was set. */
  @Override
  public Answer<ResultStream> open(ResultSource source) {
    last = downloads.isEmpty() && last != null ? last : downloads.remove();
    return last.get();
  }

  @Override
  public List<ResultSource> results(ProviderJob ended) {
    List<ResultSource> sources = new ArrayList<>();
    if (ended.outputFileId() != null) {
      sources.add(new ResultSource(ended.outputFileId(), ResultSource.Kind.OUTPUT_FILE));
    }
    if (ended.errorFileId() != null) {
      sources.add(new ResultSource(ended.errorFileId(), ResultSource.Kind.ERROR_FILE));
    }
    return sources;
  }

  @Override
  public Answer<ProviderJob> get(String jobId) {
    if (jobs.isEmpty()) {
      throw new IllegalStateException("the test did not expect a question about " + jobId);
    }
    return jobs.size() > 1 ? jobs.remove() : jobs.element();
  }

  @Override
  public Answer<Boolean> delete(String fileOrJobId) {
    deleted.add(fileOrJobId);
    ProviderError refusal = kept.get(fileOrJobId);
    return refusal == null ? Answer.ok(true) : Answer.failed(refusal);
  }

  @Override
  public BatchFormat format() {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public CreateRecovery recovery() {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<InputFile> upload(String fileName, Payload payload) {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<List<InputFile>> findFiles(String fileName) {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<ProviderJob> create(CreateJob create) {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<List<ProviderJob>> findJobs(CreateJob create) {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<List<Leftover>> leftoverFiles(String prefix) {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<List<Leftover>> leftoverJobs(String prefix) {
    throw new UnsupportedOperationException("results only");
  }

  @Override
  public Answer<ProviderJob> cancel(String jobId) {
    throw new UnsupportedOperationException("results only");
  }

  private static final class Lines implements ResultStream {

    private final Deque<ResultLine> lines;
    private final boolean breaks;

    Lines(List<ResultLine> lines, boolean breaks) {
      this.lines = new ArrayDeque<>(lines);
      this.breaks = breaks;
    }

    @Override
    public @Nullable ResultLine next() throws IOException {
      if (lines.isEmpty() && breaks) {
        throw new IOException("connection reset");
      }
      return lines.poll();
    }

    @Override
    public void close() {}
  }
}
