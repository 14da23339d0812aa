/** Reading the values of llm.requests: Avro, or a line of a provider's batch file. */
@NullMarked
package dev.offpeak.schemas.request;

import org.jspecify.annotations.NullMarked;
