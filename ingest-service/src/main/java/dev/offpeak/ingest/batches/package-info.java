/** Batches of any size as OpenAI has them: taken, read, fed, followed, put into files. */
@NullMarked
package dev.offpeak.ingest.batches;

import org.jspecify.annotations.NullMarked;
