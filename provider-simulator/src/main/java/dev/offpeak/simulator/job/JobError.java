package dev.offpeak.simulator.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed as a whole, once for each thing that is wrong with its input.
 *
 * @param code what is wrong
 * @param message the same for people
 * @param param the field that it is about
 * @param line the line of the input file, counted from 1
 */
public record JobError(
    String code, String message, @Nullable String param, @Nullable Integer line) {}
