/** What a provider allows, as data. */
@NullMarked
package dev.offpeak.core.limits;

import org.jspecify.annotations.NullMarked;
