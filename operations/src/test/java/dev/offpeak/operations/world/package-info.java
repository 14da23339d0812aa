/** Topics as the services leave them, written by hand. */
@NullMarked
package dev.offpeak.operations.world;

import org.jspecify.annotations.NullMarked;
