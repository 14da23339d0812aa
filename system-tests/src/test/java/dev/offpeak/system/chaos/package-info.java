/** Blows by seed, and who deals them. */
@NullMarked
package dev.offpeak.system.chaos;

import org.jspecify.annotations.NullMarked;
