package dev.offpeak.simulator.openai.batch;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a failed batch's {@code errors.data}.
 *
 * @param code what is wrong
 * @param message the same for people
 * @param param the field that it is about
 * @param line the line of the input file, counted from 1
 */
public record LineError(
    String code, String message, @Nullable String param, @Nullable Integer line) {}
