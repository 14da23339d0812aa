/** Programs as processes of their own, and what can be done to a process. */
@NullMarked
package dev.offpeak.system.process;

import org.jspecify.annotations.NullMarked;
