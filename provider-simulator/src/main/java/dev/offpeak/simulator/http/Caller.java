package dev.offpeak.simulator.http;

/**
 * Who makes a call.
 *
 * @param owner the organisation that the key belongs to
 */
public record Caller(String owner) {}
