/**
 * Batches and files as Gemini has them: resources with names, batches as operations that run on.
 */
@NullMarked
package dev.offpeak.ingest.resources;

import org.jspecify.annotations.NullMarked;
