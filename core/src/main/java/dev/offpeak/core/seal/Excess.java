package dev.offpeak.core.seal;

/**
 * A limit that a request breaks all by itself, so that no batch can take it.
 *
 * @param limit which limit, as it is spelled in the configuration
 * @param value of the request
 * @param allowed at most
 */
public record Excess(String limit, long value, long allowed) {}
