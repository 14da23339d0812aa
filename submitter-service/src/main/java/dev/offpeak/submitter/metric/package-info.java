/** What the submitter-service measures. */
@NullMarked
package dev.offpeak.submitter.metric;

import org.jspecify.annotations.NullMarked;
