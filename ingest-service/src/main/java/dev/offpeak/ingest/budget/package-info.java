/**
 * What may be spent: set aside before anything is admitted, and given back when it was not needed.
 */
@NullMarked
package dev.offpeak.ingest.budget;

import org.jspecify.annotations.NullMarked;
