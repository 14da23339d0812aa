/** How API keys of the gateway are written down. */
@NullMarked
package dev.offpeak.schemas.key;

import org.jspecify.annotations.NullMarked;
