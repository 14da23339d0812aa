package dev.offpeak.standalone.node;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a node are.
 *
 * @param kafka bootstrap servers
 * @param registry URL of the schemas
 * @param simulator null when providers are asked
 */
public record NodeAddresses(String kafka, String registry, @Nullable URI simulator) {}
