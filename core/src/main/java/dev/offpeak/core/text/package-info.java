/** Text of others, as it may be shown. */
@NullMarked
package dev.offpeak.core.text;

import org.jspecify.annotations.NullMarked;
