/**
 * Waiting, in words that all modules share: how long before another try, trying again, and being
 * told to stop. What really waits is passed in, so that tests never wait.
 */
@NullMarked
package dev.offpeak.core.wait;

import org.jspecify.annotations.NullMarked;
