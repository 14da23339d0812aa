/** A real schema registry for tests, in a process of its own. */
@NullMarked
package dev.offpeak.testkit.registry;

import org.jspecify.annotations.NullMarked;
