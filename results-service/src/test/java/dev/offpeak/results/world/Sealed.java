package dev.offpeak.results.world;

import java.util.List;

/**
 * A batch that was sealed.
 *
 * @param partition of llm.batches, and so of llm.completions
 * @param offset of the manifest in llm.batches
 */
public record Sealed(
    String batchId,
    int partition,
    long offset,
    int lanePartition,
    List<Long> offsets,
    List<Ask> asks) {}
