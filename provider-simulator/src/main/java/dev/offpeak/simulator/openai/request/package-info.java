/** Reading requests, from batch lines and from synchronous calls. */
@NullMarked
package dev.offpeak.simulator.openai.request;

import org.jspecify.annotations.NullMarked;
