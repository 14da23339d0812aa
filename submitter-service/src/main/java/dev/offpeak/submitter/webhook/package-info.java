/**
 * Webhooks of providers: verified by the Standard Webhooks scheme, they let a job be looked at now
 * instead of at its next turn. A lost or refused one changes nothing but latency.
 */
@NullMarked
package dev.offpeak.submitter.webhook;

import org.jspecify.annotations.NullMarked;
