/** One call to a provider's JSON API: send, read, map whatever goes wrong. */
@NullMarked
package dev.offpeak.provider.call;

import org.jspecify.annotations.NullMarked;
