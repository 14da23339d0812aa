/** The settings of the ingest-service, read from YAML and the environment. */
@NullMarked
package dev.offpeak.ingest.config;

import org.jspecify.annotations.NullMarked;
