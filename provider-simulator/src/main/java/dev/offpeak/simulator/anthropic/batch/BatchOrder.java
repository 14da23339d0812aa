package dev.offpeak.simulator.anthropic.batch;

/**
 * What the caller asked for when creating a message batch, besides its requests.
 *
 * @param longOutput whether the beta for long outputs was named
 * @param refusesSampling whether the version that was named has no sampling parameters
 */
public record BatchOrder(boolean longOutput, boolean refusesSampling) {}
