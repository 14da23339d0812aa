/** Where a request belongs: provider, lane, quota scope, and its position in llm.lanes. */
@NullMarked
package dev.offpeak.core.lane;

import org.jspecify.annotations.NullMarked;
