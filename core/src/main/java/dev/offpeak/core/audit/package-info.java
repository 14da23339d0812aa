/** What the topics prove about each request: one outcome, none yet, none at all, or too many. */
@NullMarked
package dev.offpeak.core.audit;

import org.jspecify.annotations.NullMarked;
