/** How a request can end, and the codes of every way to fail. */
@NullMarked
package dev.offpeak.core.outcome;

import org.jspecify.annotations.NullMarked;
