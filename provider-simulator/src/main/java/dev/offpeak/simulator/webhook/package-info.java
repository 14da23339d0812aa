/**
 * Sends signed webhooks to endpoints that were registered, again and again until they are taken.
 */
@NullMarked
package dev.offpeak.simulator.webhook;

import org.jspecify.annotations.NullMarked;
