/** Reading the params of a message, in one pass and without a tree. */
@NullMarked
package dev.offpeak.simulator.anthropic.request;

import org.jspecify.annotations.NullMarked;
