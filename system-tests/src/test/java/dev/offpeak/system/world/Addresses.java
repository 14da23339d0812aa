package dev.offpeak.system.world;

import java.net.URI;

/**
 * Where the parts that all services share are.
 *
 * @param kafka as bootstrap.servers
 * @param registry as schema.registry.url
 * @param simulator its root
 */
public record Addresses(String kafka, String registry, URI simulator) {}
