/** The whole installation in one process that stays. */
@NullMarked
package dev.offpeak.standalone.up;

import org.jspecify.annotations.NullMarked;
