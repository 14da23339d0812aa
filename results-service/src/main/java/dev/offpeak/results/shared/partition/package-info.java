/** Works off each partition of a topic on a thread of its own. */
@NullMarked
package dev.offpeak.results.shared.partition;

import org.jspecify.annotations.NullMarked;
