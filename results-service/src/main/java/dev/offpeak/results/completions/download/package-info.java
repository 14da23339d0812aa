/** Fetches the results of a job into a file of its own, however often that breaks. */
@NullMarked
package dev.offpeak.results.completions.download;

import org.jspecify.annotations.NullMarked;
