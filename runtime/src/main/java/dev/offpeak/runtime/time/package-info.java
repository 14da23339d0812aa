/** Waiting, as something that is passed in, so that tests never wait. */
@NullMarked
package dev.offpeak.runtime.time;

import org.jspecify.annotations.NullMarked;
