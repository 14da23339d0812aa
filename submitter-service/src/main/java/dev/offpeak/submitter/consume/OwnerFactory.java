package dev.offpeak.submitter.consume;

import dev.offpeak.submitter.partition.PartitionOwner;
import java.util.function.LongConsumer;

/** Makes the owners of partitions. */
@FunctionalInterface
public interface OwnerFactory {

  /** The owner of that partition, not started; see {@link PartitionOwner}. */
  PartitionOwner create(int partition, LongConsumer onReady, Runnable onLost);
}
