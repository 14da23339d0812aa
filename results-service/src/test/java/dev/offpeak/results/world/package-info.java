/** What surrounds the service in tests: topics, a simulated provider, and whoever writes for it. */
@NullMarked
package dev.offpeak.results.world;

import org.jspecify.annotations.NullMarked;
