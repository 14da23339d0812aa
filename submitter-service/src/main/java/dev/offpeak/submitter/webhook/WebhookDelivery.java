package dev.offpeak.submitter.webhook;

/**
 * A webhook as it came, with nothing checked. A header that is missing is empty.
 *
 * @param id header {@code webhook-id}
 * @param timestamp header {@code webhook-timestamp}
 * @param signature header {@code webhook-signature}
 * @param body byte for byte
 */
record WebhookDelivery(String id, String timestamp, String signature, byte[] body) {}
