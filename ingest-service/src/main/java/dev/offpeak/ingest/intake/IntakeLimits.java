package dev.offpeak.ingest.intake;

/**
 * What one body may hold.
 *
 * @param requestBytes longest line
 * @param bodyBytes largest body, after decompression
 * @param listedRefusals how many refused lines are told with their message; the rest is counted
 */
public record IntakeLimits(int requestBytes, long bodyBytes, int listedRefusals) {}
