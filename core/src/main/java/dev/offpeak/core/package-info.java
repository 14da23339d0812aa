/** The rules of Offpeak, pure: no clock, no randomness, no I/O, no logging. */
@NullMarked
package dev.offpeak.core;

import org.jspecify.annotations.NullMarked;
