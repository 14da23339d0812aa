/** Reads a configuration record from YAML and the environment, and reports all problems at once. */
@NullMarked
package dev.offpeak.runtime.config.load;

import org.jspecify.annotations.NullMarked;
