package dev.offpeak.standalone.report;

/**
 * Something of a run that is still at its provider.
 *
 * @param file its id there
 * @param reason why it was not deleted
 */
public record LeftFile(String file, String reason) {}
