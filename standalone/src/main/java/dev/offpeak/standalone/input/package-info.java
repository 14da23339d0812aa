/** Input files as numbered lines of bytes. */
@NullMarked
package dev.offpeak.standalone.input;

import org.jspecify.annotations.NullMarked;
