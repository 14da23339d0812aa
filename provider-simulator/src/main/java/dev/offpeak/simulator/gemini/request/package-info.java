/** Reading requests in both spellings, in one pass and without a tree. */
@NullMarked
package dev.offpeak.simulator.gemini.request;

import org.jspecify.annotations.NullMarked;
