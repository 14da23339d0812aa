/** Records that can't be processed for a reason that lies in them. */
@NullMarked
package dev.offpeak.submitter.poison;

import org.jspecify.annotations.NullMarked;
