package dev.offpeak.simulator.http;

/**
 * Who makes a call.
 *
 * @param owner the organisation that the key belongs to
 * @param key the key
 */
public record Caller(String owner, String key) {}
