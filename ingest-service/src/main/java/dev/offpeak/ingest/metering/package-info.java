/** What calls at once have used: read on the side, priced, and written to llm.usage. */
@NullMarked
package dev.offpeak.ingest.metering;

import org.jspecify.annotations.NullMarked;
