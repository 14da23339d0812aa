/** Files of the gateway: uploaded, kept in chunks, handed out, deleted. */
@NullMarked
package dev.offpeak.ingest.files;

import org.jspecify.annotations.NullMarked;
