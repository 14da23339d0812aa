package dev.offpeak.benchmarks.measure;

/**
 * What is compared.
 *
 * @param ours what Offpeak does
 * @param raw what raw Kafka does
 * @param aim what the ratio should be
 */
public record Comparison(String ours, String raw, Aim aim) {}
