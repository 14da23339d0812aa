package dev.offpeak.schemas.record;

import dev.offpeak.core.text.Visible;
import dev.offpeak.schemas.avro.LlmFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of llm.failures that can be sent, whatever came in. Texts have a largest length
 * each. When the record is still too large it goes without the provider's body, then without the
 * original, then with few labels, few headers and the beginning of the key; its message and its
 * header {@link SendableRecord#CLIPPED} say what is missing.
 */
public final class FittingFailures {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final int CODE = 200;
  private static final int MESSAGE = 4_000;
  private static final int SHORT_MESSAGE = 500;
  private static final int CUSTOM_ID = 512;
  private static final int NAME = 256;
  private static final int LABELS = 1_024;

  private final Function<LlmFailure, byte[]> format;
  private final int maxRecordBytes;

  /**
   * Failures in that format.
   *
   * @param maxRecordBytes the largest record that may be sent
   */
  public FittingFailures(Function<LlmFailure, byte[]> format, int maxRecordBytes) {
    this.format = format;
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * The record of a failure, with as much of the user's key and headers as it can hold. Code and
   * message may be a provider's words: they stay on their line and steer no terminal.
   *
   * @param failure is changed where something must be left out
   */
  public SendableRecord fit(
      LlmFailure.Builder failure, byte @Nullable [] key, Iterable<Header> headers) {
    failure.setCode(Visible.of(failure.getCode())).setMessage(Visible.of(failure.getMessage()));
    String words = failure.getMessage();
    shorten(failure);
    String message = failure.getMessage();
    List<String> left = new ArrayList<>();
    byte[] value = format.apply(failure.build());
    if (fits(key, value, headers)) {
      return new SendableRecord(key, value, SendableRecord.copy(headers));
    }
    ByteBuffer response = failure.getResponseBody();
    if (response != null) {
      left.add(bytes("the response body", response));
      value = without(failure.setResponseBody(null), message, left);
    }
    ByteBuffer original = failure.getOriginal();
    if (original.hasRemaining() && !fits(key, value, headers)) {
      left.add(bytes("the original", original) + place(failure));
      value = without(failure.setOriginal(NOTHING), message, left);
    }
    if (!fits(key, value, headers)) {
      fewLabels(failure, left);
      value = without(failure, Clip.text(words, SHORT_MESSAGE), left);
    }
    SendableRecord fitted = SendableRecord.of(key, value, headers, maxRecordBytes);
    left.forEach(fitted::mark);
    return fitted;
  }

  private boolean fits(byte @Nullable [] key, byte[] value, Iterable<Header> headers) {
    return RecordSize.of(key, value, headers) <= maxRecordBytes;
  }

  private byte[] without(LlmFailure.Builder failure, String message, List<String> left) {
    String more =
        left.isEmpty() ? "" : " (left out of this failure record: " + String.join("; ", left) + ")";
    return format.apply(failure.setMessage(message + more).build());
  }

  private static String bytes(String what, ByteBuffer bytes) {
    return String.format(Locale.ROOT, "%s of %,d bytes", what, bytes.remaining());
  }

  private static String place(LlmFailure.Builder failure) {
    return failure.getSourceOffset() < 0
        ? ""
        : ", which stands at partition "
            + failure.getSourcePartition()
            + ", offset "
            + failure.getSourceOffset()
            + " of the requests";
  }

  private static void shorten(LlmFailure.Builder failure) {
    failure
        .setCode(Clip.text(failure.getCode(), CODE))
        .setMessage(Clip.text(failure.getMessage(), MESSAGE))
        .setTenant(Clip.text(failure.getTenant(), NAME))
        .setCustomId(clip(failure.getCustomId(), CUSTOM_ID))
        .setProvider(clip(failure.getProvider(), NAME))
        .setAccount(clip(failure.getAccount(), NAME))
        .setEndpoint(clip(failure.getEndpoint(), NAME))
        .setModel(clip(failure.getModel(), NAME))
        .setBatchId(clip(failure.getBatchId(), NAME))
        .setProviderJobId(clip(failure.getProviderJobId(), NAME));
    if (!failure.getLabels().isEmpty()) {
      Map<String, String> labels = new TreeMap<>();
      failure.getLabels().forEach((k, v) -> labels.put(Clip.text(k, NAME), Clip.text(v, NAME)));
      failure.setLabels(labels);
    }
  }

  private static @Nullable String clip(@Nullable String text, int most) {
    return text == null ? null : Clip.text(text, most);
  }

  private static void fewLabels(LlmFailure.Builder failure, List<String> left) {
    Map<String, String> few = new TreeMap<>();
    int characters = 0;
    for (Map.Entry<String, String> label : failure.getLabels().entrySet()) {
      characters += label.getKey().length() + label.getValue().length();
      if (characters <= LABELS) {
        few.put(label.getKey(), label.getValue());
      }
    }
    int missing = failure.getLabels().size() - few.size();
    if (missing > 0) {
      left.add(String.format(Locale.ROOT, "%,d of %,d labels", missing, missing + few.size()));
      failure.setLabels(few);
    }
  }
}
