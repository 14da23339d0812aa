/** Starting, watching and draining a process. */
@NullMarked
package dev.offpeak.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
