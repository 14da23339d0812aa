/** Whether the process is alive and ready, and why not. */
@NullMarked
package dev.offpeak.runtime.health;

import org.jspecify.annotations.NullMarked;
