package dev.offpeak.ingest.intake;

/**
 * Why one line was not taken.
 *
 * @param line counted from 1, as an editor shows it
 * @param code one of {@link dev.offpeak.core.outcome.FailureCode}, lower case
 * @param message what is wrong and what to do, for a person
 */
public record LineRefusal(long line, String code, String message) {}
