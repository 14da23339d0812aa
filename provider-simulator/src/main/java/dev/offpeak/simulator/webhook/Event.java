package dev.offpeak.simulator.webhook;

/**
 * Something that happened.
 *
 * @param id unique, the same each time it is told
 * @param type for instance {@code batch.completed}
 * @param body what is posted
 */
public record Event(String id, String type, byte[] body) {}
