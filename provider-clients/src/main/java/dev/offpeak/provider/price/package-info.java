/** Price lists: the one that comes with Offpeak, the user's own, LiteLLM's. */
@NullMarked
package dev.offpeak.provider.price;

import org.jspecify.annotations.NullMarked;
