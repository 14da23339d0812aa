/** How often and how much a key may call. */
@NullMarked
package dev.offpeak.ingest.limits;

import org.jspecify.annotations.NullMarked;
