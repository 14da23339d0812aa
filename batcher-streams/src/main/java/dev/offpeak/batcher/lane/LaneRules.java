package dev.offpeak.batcher.lane;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.seal.SealPolicy;
import org.apache.kafka.common.utils.Bytes;

/**
 * What holds for the requests of one lane.
 *
 * @param lane the lane
 * @param id its id in UTF-8, the key of llm.lanes
 * @param policy limits of a batch and when it is sealed
 * @param version of the provider's API that its batches are created with; empty for the usual one
 */
public record LaneRules(Lane lane, Bytes id, SealPolicy policy, String version) {}
