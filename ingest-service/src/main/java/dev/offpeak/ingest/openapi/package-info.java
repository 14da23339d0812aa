/** The description of the API, for machines. */
@NullMarked
package dev.offpeak.ingest.openapi;

import org.jspecify.annotations.NullMarked;
