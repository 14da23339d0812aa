/** {@code /v1/webhook_endpoints} and the events of batches (docs/providers A6). */
@NullMarked
package dev.offpeak.simulator.openai.webhook;

import org.jspecify.annotations.NullMarked;
