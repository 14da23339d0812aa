/** The Gemini batch and file API (docs/providers C): the only place that knows its JSON. */
@NullMarked
package dev.offpeak.provider.gemini;

import org.jspecify.annotations.NullMarked;
