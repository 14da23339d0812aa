package dev.offpeak.submitter;

import dev.offpeak.schemas.control.ControlReader;
import dev.offpeak.schemas.reading.OwnerLoop;
import dev.offpeak.submitter.account.AccountNotices;
import dev.offpeak.submitter.janitor.Janitor;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.submitter.payload.RetentionWatch;
import dev.offpeak.submitter.usage.UsageReader;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** What works while the service runs. */
final class SubmitterWork implements AutoCloseable {

  private final OwnerLoop<PartitionOwner> loop;
  private final ControlReader control;
  private final UsageReader usage;
  private final RetentionWatch retention;
  private final Janitor janitor;
  private final AccountNotices notices;
  private final List<AutoCloseable> resources;
  private @Nullable Thread thread;

  /**
   * Nothing works yet.
   *
   * @param resources closed when all work has ended
   */
  SubmitterWork(
      OwnerLoop<PartitionOwner> loop,
      ControlReader control,
      UsageReader usage,
      RetentionWatch retention,
      Janitor janitor,
      AccountNotices notices,
      List<AutoCloseable> resources) {
    this.loop = loop;
    this.control = control;
    this.usage = usage;
    this.retention = retention;
    this.janitor = janitor;
    this.notices = notices;
    this.resources = resources;
  }

  OwnerLoop<PartitionOwner> loop() {
    return loop;
  }

  void start() throws InterruptedException {
    control.catchUp();
    control.start("submitter-control", () -> loop.owners().forEach(PartitionOwner::wakeAll));
    usage.start();
    retention.start();
    janitor.start();
    notices.start();
    thread = Thread.ofPlatform().name("submitter-batches").start(loop);
  }

  @Override
  public void close() {
    control.stop();
    usage.stop();
    loop.stop();
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    resources.forEach(each -> Utils.closeQuietly(each, "resource of the submitter-service"));
  }
}
