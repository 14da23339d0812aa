package dev.offpeak.submitter.webhook;

import dev.offpeak.runtime.config.Secret;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the webhooks of one account from those of anybody else, by the Standard Webhooks scheme
 * (docs/providers A6 and C6). Thread-safe.
 */
final class WebhookVerifier {

  /** Kinds of signature that are none of ours ({@code v1a} and later ones) are passed over. */
  private static final String VERSION = "v1,";

  private static final int LONGEST_ID = 256;
  private static final int MOST_REMEMBERED = 20_000;

  private final List<SigningKey> keys;
  private final Duration tolerance;
  private final Clock clock;
  private final SeenDeliveries seen;

  /**
   * A verifier without memory of what came before.
   *
   * @param secrets any of them may have signed
   * @param tolerance between the provider's time and ours, either way
   * @throws IllegalArgumentException when a secret is none
   */
  WebhookVerifier(List<Secret> secrets, Duration tolerance, Clock clock) {
    this.keys = secrets.stream().map(SigningKey::of).toList();
    this.tolerance = tolerance;
    this.clock = clock;
    // A webhook may be as far ahead of our time now as it may be behind it at last.
    this.seen = new SeenDeliveries(tolerance.multipliedBy(2), MOST_REMEMBERED);
  }

  /** Checks a delivery; a genuine one is {@link DeliveryVerdict.Repeated} from then on. */
  DeliveryVerdict check(WebhookDelivery delivery) {
    if (delivery.id().isEmpty() || delivery.id().length() > LONGEST_ID) {
      return new DeliveryVerdict.Refused(
          "header webhook-id must be there, with at most " + LONGEST_ID + " characters");
    }
    Instant now = clock.instant();
    DeliveryVerdict.Refused untimely = checkTime(delivery.timestamp(), now);
    if (untimely != null) {
      return untimely;
    }
    List<byte[]> signatures = signatures(delivery.signature());
    boolean signed = false;
    for (SigningKey key : keys) {
      signed |= key.hasSigned(delivery.id(), delivery.timestamp(), delivery.body(), signatures);
    }
    if (!signed) {
      return new DeliveryVerdict.Refused("no signature in header webhook-signature fits");
    }
    return seen.add(delivery.id(), now)
        ? new DeliveryVerdict.Genuine()
        : new DeliveryVerdict.Repeated();
  }

  private DeliveryVerdict.@Nullable Refused checkTime(String timestamp, Instant now) {
    Instant sent;
    try {
      sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    } catch (NumberFormatException | DateTimeException e) {
      return new DeliveryVerdict.Refused(
          "header webhook-timestamp must be the seconds since 1970-01-01T00:00:00Z");
    }
    if (Duration.between(sent, now).abs().compareTo(tolerance) > 0) {
      return new DeliveryVerdict.Refused(
          "header webhook-timestamp is %s; it may be %s from now (%s)"
              .formatted(sent, tolerance, now));
    }
    return null;
  }

  private static List<byte[]> signatures(String header) {
    List<byte[]> signatures = new ArrayList<>();
    for (String signature : header.split(" ", -1)) {
      if (signature.startsWith(VERSION)) {
        signatures.add(decode(signature.substring(VERSION.length())));
      }
    }
    return signatures;
  }

  /** What is not Base64 is no signature, but another one in the header may be. */
  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
