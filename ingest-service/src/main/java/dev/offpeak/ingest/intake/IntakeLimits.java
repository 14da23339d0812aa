package dev.offpeak.ingest.intake;

/**
 * What one body may hold.
 *
 * @param requestBytes longest line
 * @param bodyBytes largest body, after decompression
 * @param badLines most lines that are refused or blank
 * @param listedRefusals how many refused lines are told with their message; the rest is counted
 */
public record IntakeLimits(int requestBytes, long bodyBytes, int badLines, int listedRefusals) {}
