package dev.offpeak.core.control;

import dev.offpeak.core.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which batches are meant: those that agree with everything that is named.
 *
 * @param batchId null for any batch
 * @param lane id of a lane, null for any
 * @param account null for any
 */
public record BatchFilter(
    @Nullable String batchId, @Nullable String lane, @Nullable String account) {

  /** Every batch. */
  public static final BatchFilter ALL = new BatchFilter(null, null, null);

  /** Each filter that lets a batch through; one without an id is an open one. */
  static List<BatchFilter> matching(@Nullable String batchId, Lane lane) {
    String id = lane.id();
    String account = lane.account();
    List<BatchFilter> filters = new ArrayList<>();
    filters.add(ALL);
    filters.add(new BatchFilter(null, id, null));
    filters.add(new BatchFilter(null, null, account));
    filters.add(new BatchFilter(null, id, account));
    if (batchId != null) {
      List.copyOf(filters)
          .forEach(open -> filters.add(new BatchFilter(batchId, open.lane, open.account)));
    }
    return filters;
  }

  /** In words: what is named most narrowly. */
  String subject() {
    if (batchId != null) {
      return "batch " + batchId;
    }
    if (lane != null) {
      return "lane " + lane;
    }
    return ControlCommand.accountOrAll(account);
  }
}
