package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.standalone.feed.FeedPosition;
import dev.offpeak.standalone.feed.FeedThread;
import dev.offpeak.standalone.feed.RequestFeed;
import dev.offpeak.standalone.node.Node;
import dev.offpeak.standalone.node.NodePlan;
import dev.offpeak.standalone.outcome.FileWords;
import dev.offpeak.standalone.outcome.OutcomeFiles;
import dev.offpeak.standalone.outcome.OutcomeReader;
import dev.offpeak.standalone.outcome.Tally;
import dev.offpeak.standalone.report.LeftFile;
import dev.offpeak.standalone.report.Progress;
import dev.offpeak.standalone.report.ProgressView;
import dev.offpeak.standalone.report.Summary;
import dev.offpeak.standalone.report.WaitWords;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.standalone.state.FinishedRun;
import dev.offpeak.standalone.state.RunFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** One run: feeds the lines, follows the outcomes, and says how it went. */
public final class Run {

  /** Is told how a run ended. */
  @FunctionalInterface
  public interface Told {
    void of(Ended ended);
  }

  private static final Duration POLL = Duration.ofMillis(50);

  private final RunOptions options;
  private final RunConsole console;
  private final Clock clock;
  private final Tally tally = new Tally();
  private Told atTheEnd = _ -> {};
  private volatile boolean stop;

  /** A run that tells that console how it goes. */
  public Run(RunOptions options, RunConsole console, Clock clock) {
    this.options = options;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Has that told of a run's end when all is said and written, and before anything is taken down.
   * Taking down takes as long as starting; a process that ends then leaves nothing behind that the
   * next one would miss, as a killed one would not.
   */
  public Run tellingEnd(Told end) {
    atTheEnd = end;
    return this;
  }

  /**
   * Runs to the end, or until {@link #stop}.
   *
   * @return whether every request succeeded
   * @throws CannotRun when something outside must be mended first
   */
  public Ended execute() throws IOException, InterruptedException, ExecutionException {
    Instant start = clock.instant();
    try (RunFolder folder = RunFolder.open(options.folder())) {
      if (options.again()) {
        FinishedRun.forget(folder.path());
        folder.clear();
      }
      Optional<FinishedRun> before = FinishedRun.in(folder.path(), options.outputs());
      // A higher limit may let lines in that were refused before.
      boolean sameLimit = options.limits().line().equals(RunLimits.DEFAULT.line());
      if (before.isPresent() && sameLimit) {
        console.finishedBefore(before.get());
        return ended(before.get().allSucceeded());
      }
      folder.describe(
          List.of("inputs: " + options.inputs(), "to: " + options.destination().identity()));
      try (Node node =
              Node.start(
                  folder.path(),
                  options.destination(),
                  NodePlan.ofRun(options.deadlines().policy(), options.limits().line()));
          OutcomeFiles files = OutcomeFiles.open(options.results(), options.failures())) {
        return execute(node, files, start);
      }
    }
  }

  /** Asks the run to end soon, leaving jobs at the provider as they are. Any thread may call it. */
  public void stop() {
    stop = true;
  }

  private Ended execute(Node node, OutcomeFiles files, Instant start)
      throws IOException, InterruptedException, ExecutionException {
    ProgressView bar = console.view();
    try (FeedThread feed = startFeed(node);
        OutcomeReader outcomes =
            new OutcomeReader(
                node.clients().reader("offpeak-run"),
                node.topics(),
                node.clients().serdes(),
                files,
                new FileWords(options.names()),
                node.lineLimit(),
                tally)) {
      BatcherLag lag = new BatcherLag(node.clients().admin(), node.batcherGroup(), node.topics());
      Sealing sealing = new Sealing(node.clients(), lag, options.cancel(), clock);
      Progress last = follow(node, feed, outcomes, sealing, bar);
      bar.done();
      if (!last.finished()) {
        return leave(last);
      }
      node.settle();
      return finish(last, feed.blank(), tidy(node), start);
    }
  }

  /** Before the end is noted, so that a run that is killed here tidies up when it is run again. */
  private List<LeftFile> tidy(Node node) throws InterruptedException {
    if (options.keepFiles() || tally.over().isEmpty()) {
      return List.of();
    }
    return new Tidying(node.cleaner(), clock, console::deletes, () -> stop).of(tally.over());
  }

  private Ended finish(Progress last, long blank, List<LeftFile> left, Instant start)
      throws IOException {
    Summary summary =
        new Summary(
            last,
            tally.batches(),
            tally.spends(),
            tally.spendsByProvider(),
            tally.failuresByCode(),
            tally.unreported(),
            blank,
            left,
            Duration.between(start, clock.instant()));
    boolean allSucceeded = last.failed() == 0;
    FinishedRun.note(options.folder(), allSucceeded, summary.text(), options.outputs());
    console.summary(summary);
    Ended ended = ended(allSucceeded);
    atTheEnd.of(ended);
    return ended;
  }

  private static Ended ended(boolean allSucceeded) {
    return allSucceeded ? Ended.ALL_SUCCEEDED : Ended.SOME_FAILED;
  }

  private Ended leave(Progress last) {
    if (stop) {
      console.stopped(tally.atProvider());
      return Ended.STOPPED;
    }
    String time =
        String.valueOf(options.limits().patience())
            .substring("PT".length())
            .toLowerCase(Locale.ROOT);
    console.waitedInVain(
        "Nothing has moved for "
            + time
            + " (--wait): "
            + (last.waits().isEmpty() ? "nobody says why" : WaitWords.of(last.waits())),
        tally.atProvider());
    return Ended.WAITED_IN_VAIN;
  }

  /** Reads outcomes until all are there or the run is stopped. */
  private Progress follow(
      Node node, FeedThread feed, OutcomeReader outcomes, Sealing sealing, ProgressView bar)
      throws IOException, InterruptedException, ExecutionException {
    Progress progress = tally.progress(feed.read(), false);
    Patience patience = new Patience(options.limits().patience());
    List<Waiting> elsewhere = List.of();
    while (!stop
        && !progress.finished()
        && !patience.isOver(progress, tally.blocked(elsewhere), clock.instant())) {
      outcomes.read(POLL);
      node.failIfBroken();
      boolean allRead = feed.allRead();
      elsewhere = node.waits();
      Progress told = tally.progress(feed.read(), allRead);
      progress = told.waitingFor(all(told.waits(), elsewhere));
      bar.show(progress, clock.instant());
      sealing.attend(progress);
    }
    if (progress.finished()) {
      outcomes.readToEnd();
      progress = tally.progress(feed.read(), true);
      bar.show(progress, clock.instant());
    }
    return progress;
  }

  /** All that waits; a time that is over has no meaning any more. */
  private List<Waiting> all(List<Waiting> jobs, List<Waiting> elsewhere) {
    Instant now = clock.instant();
    return Stream.concat(jobs.stream(), elsewhere.stream())
        .map(each -> each.untilAfter(now))
        .sorted(Comparator.comparing(Waiting::since))
        .toList();
  }

  private FeedThread startFeed(Node node) {
    String requests = node.topics().requests().name();
    TopicPartition progressKey = RequestFeed.progressKey(requests);
    Producer<byte[], byte[]> producer = node.clients().transactionalProducer(RequestFeed.GROUP);
    // Only after this call is a transaction of a killed run over, and its offset the last word.
    producer.initTransactions();
    try (Consumer<byte[], byte[]> group = node.clients().consumer(RequestFeed.GROUP)) {
      OffsetAndMetadata before = group.committed(Set.of(progressKey)).get(progressKey);
      RequestFeed feed =
          new RequestFeed(
              options.inputs(),
              headers(),
              node.lineLimit(),
              requests,
              node.topics().failures().name(),
              node.clients().serdes().serializer(LlmFailure.class),
              group.groupMetadata(),
              clock);
      FeedPosition readBefore = FeedPosition.of(before);
      if (!options.cancel()) {
        return FeedThread.start(feed, producer, readBefore);
      }
      if (readBefore.isStart()) {
        throw new CannotRun("there is nothing to cancel: no earlier run has read this input");
      }
      return FeedThread.ended(feed, producer, readBefore);
    }
  }

  /** What all lines have in common. */
  private List<Header> headers() {
    List<Header> headers = new ArrayList<>(options.asking().headers());
    Duration within = options.deadlines().within();
    if (within != null) {
      String deadline = clock.instant().plus(within).toString();
      headers.add(new RecordHeader(OffpeakHeaders.DEADLINE, deadline.getBytes(UTF_8)));
    }
    return headers;
  }
}
