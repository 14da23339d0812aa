/** What providers write, held to what can be worked with: numbers, times, texts. */
@NullMarked
package dev.offpeak.provider.foreign;

import org.jspecify.annotations.NullMarked;
