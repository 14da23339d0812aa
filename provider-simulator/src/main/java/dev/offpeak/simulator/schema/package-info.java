/** Making up values that a JSON schema takes. */
@NullMarked
package dev.offpeak.simulator.schema;

import org.jspecify.annotations.NullMarked;
