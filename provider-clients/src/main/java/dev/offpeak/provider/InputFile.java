package dev.offpeak.provider;

import java.time.Instant;

/**
 * An uploaded input file.
 *
 * @param bytes its size as the provider tells
 */
public record InputFile(String id, String name, long bytes, Instant createdAt) {}
