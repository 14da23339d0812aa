package dev.offpeak.submitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a provider does, by the words of the specification and without our code. */
final class SignedWebhook {

  private SignedWebhook() {}

  static String signature(byte[] key, String id, Instant time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signed = (id + "." + time.getEpochSecond() + "." + body).getBytes(UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static WebhookDelivery delivery(byte[] key, String id, Instant time, String body) {
    return new WebhookDelivery(
        id,
        Long.toString(time.getEpochSecond()),
        signature(key, id, time, body),
        body.getBytes(UTF_8));
  }
}
