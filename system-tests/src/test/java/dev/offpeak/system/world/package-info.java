/** The installation under test: broker, registry, simulator and several of each service. */
@NullMarked
package dev.offpeak.system.world;

import org.jspecify.annotations.NullMarked;
