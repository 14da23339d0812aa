/**
 * What the simulator charges, and the providers' APIs that report it to whoever has an admin key.
 */
@NullMarked
package dev.offpeak.simulator.billing;

import org.jspecify.annotations.NullMarked;
