/** What users of the gateway have made, in a compacted topic with a view in each replica. */
@NullMarked
package dev.offpeak.ingest.objects;

import org.jspecify.annotations.NullMarked;
