/** Tokens and money: what a request cost in a batch and would have cost synchronously. */
@NullMarked
package dev.offpeak.core.price;

import org.jspecify.annotations.NullMarked;
