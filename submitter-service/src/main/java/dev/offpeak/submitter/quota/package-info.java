/** llm.quotas: what providers have taught us of their quotas, kept over restarts. */
@NullMarked
package dev.offpeak.submitter.quota;

import org.jspecify.annotations.NullMarked;
