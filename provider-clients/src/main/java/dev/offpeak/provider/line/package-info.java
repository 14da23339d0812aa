/** Result files line by line: bytes in, one parsed line at a time out. */
@NullMarked
package dev.offpeak.provider.line;

import org.jspecify.annotations.NullMarked;
