/** When an open batch is sealed, and what a sealed batch holds. */
@NullMarked
package dev.offpeak.core.seal;

import org.jspecify.annotations.NullMarked;
