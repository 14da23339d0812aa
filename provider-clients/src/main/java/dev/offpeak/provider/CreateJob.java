package dev.offpeak.provider;

import dev.offpeak.core.lane.Lane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a create needs, and what the search for its orphan can go by.
 *
 * @param marker unique token of this batch, put where the provider lets us (metadata, display name)
 * @param inputFileId of the uploaded file, where the provider uploads first
 * @param payload the body itself, where it does not
 * @param requests number of requests
 * @param attemptedAt when the create was (or is about to be) sent
 */
public record CreateJob(
    String marker,
    Lane lane,
    @Nullable String inputFileId,
    @Nullable Payload payload,
    int requests,
    Instant attemptedAt) {}
