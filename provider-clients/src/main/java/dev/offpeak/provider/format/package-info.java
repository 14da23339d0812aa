/** The exact bytes of each provider's input file. */
@NullMarked
package dev.offpeak.provider.format;

import org.jspecify.annotations.NullMarked;
