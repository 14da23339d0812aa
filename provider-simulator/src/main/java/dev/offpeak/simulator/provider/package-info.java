/** What the stand-ins for the providers have in common towards the simulator. */
@NullMarked
package dev.offpeak.simulator.provider;

import org.jspecify.annotations.NullMarked;
