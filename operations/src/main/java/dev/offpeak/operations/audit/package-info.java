/** The audit: whether every request has exactly one outcome or is in flight. */
@NullMarked
package dev.offpeak.operations.audit;

import org.jspecify.annotations.NullMarked;
