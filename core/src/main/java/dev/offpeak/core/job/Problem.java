package dev.offpeak.core.job;

/**
 * Why a job waits, has failed or is in doubt.
 *
 * @param code the provider's, or a word of ours
 * @param message for a person
 */
public record Problem(String code, String message) {}
