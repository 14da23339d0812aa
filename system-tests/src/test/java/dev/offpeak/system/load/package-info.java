/** Requests, and how they are sent. */
@NullMarked
package dev.offpeak.system.load;

import org.jspecify.annotations.NullMarked;
