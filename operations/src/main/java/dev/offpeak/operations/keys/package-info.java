/** API keys of the gateway: made, listed, revoked. */
@NullMarked
package dev.offpeak.operations.keys;

import org.jspecify.annotations.NullMarked;
