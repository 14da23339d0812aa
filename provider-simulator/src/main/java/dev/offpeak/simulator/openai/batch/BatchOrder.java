package dev.offpeak.simulator.openai.batch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asked for when creating a batch.
 *
 * @param inputFileId the input file
 * @param endpoint what each line calls
 * @param metadata the caller's own, null when none was given
 * @param outputLifeSeconds life of the output and error files, null for the default
 */
public record BatchOrder(
    String inputFileId,
    String endpoint,
    @Nullable Map<String, String> metadata,
    @Nullable Long outputLifeSeconds) {}
