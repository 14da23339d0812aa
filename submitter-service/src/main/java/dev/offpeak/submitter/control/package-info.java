/** What operators want: llm.control, as far as it is about jobs. */
@NullMarked
package dev.offpeak.submitter.control;

import org.jspecify.annotations.NullMarked;
