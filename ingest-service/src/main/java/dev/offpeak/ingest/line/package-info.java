/** Request bodies as numbered lines, with limits on a line and on the whole body. */
@NullMarked
package dev.offpeak.ingest.line;

import org.jspecify.annotations.NullMarked;
