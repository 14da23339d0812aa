/** The OpenAI batch API (docs/providers A): the only place that knows its JSON. */
@NullMarked
package dev.offpeak.provider.openai;

import org.jspecify.annotations.NullMarked;
