package dev.offpeak.results.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A request as a user sent it, as admission would have it. */
public record Ask(
    String customId,
    String prompt,
    byte @Nullable [] key,
    List<Header> headers,
    String tenant,
    Map<String, String> labels,
    int attempt,
    @Nullable Instant deadline) {

  static final Instant ADMITTED = Instant.parse("2026-11-24T10:00:00Z");

  /** A request without anything special. */
  public static Ask of(String customId, String prompt) {
    return new Ask(
        customId, prompt, null, List.of(), OffpeakHeaders.DEFAULT_TENANT, Map.of(), 1, null);
  }

  /** The same with that record key. */
  public Ask withKey(String newKey) {
    return new Ask(
        customId, prompt, newKey.getBytes(UTF_8), headers, tenant, labels, attempt, deadline);
  }

  /** The same with one header more. */
  public Ask withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new RecordHeader(name, value.getBytes(UTF_8)));
    return new Ask(customId, prompt, key, more, tenant, labels, attempt, deadline);
  }

  /** The same of another tenant. */
  public Ask withTenant(String newTenant, Map<String, String> newLabels) {
    return new Ask(customId, prompt, key, headers, newTenant, newLabels, attempt, deadline);
  }

  /** The same in a later attempt. */
  public Ask withAttempt(int newAttempt) {
    return new Ask(customId, prompt, key, headers, tenant, labels, newAttempt, deadline);
  }

  /** The same with a deadline. */
  public Ask withDeadline(Instant newDeadline) {
    return new Ask(customId, prompt, key, headers, tenant, labels, attempt, newDeadline);
  }

  /** The line that the user sent. */
  public String original() {
    return "{\"custom_id\": \""
        + customId
        + "\", \"method\": \"POST\", \"url\": \""
        + Installation.ENDPOINT
        + "\", \"body\": "
        + body()
        + "}";
  }

  /** The body of the request. */
  public String body() {
    return "{\"model\": \""
        + Installation.MODEL
        + "\", \"messages\": "
        + "[{\"role\": \"user\", \"content\": \""
        + prompt
        + "\"}]}";
  }

  AdmittedRequest admitted(long sourceOffset) {
    byte[] original = original().getBytes(UTF_8);
    byte[] body = body().getBytes(UTF_8);
    return AdmittedRequest.newBuilder()
        .setCustomId(customId)
        .setTenant(tenant)
        .setAttempt(attempt)
        .setProvider("openai")
        .setAccount(Installation.ACCOUNT)
        .setEndpoint(Installation.ENDPOINT)
        .setModel(Installation.MODEL)
        .setLabels(labels)
        .setDeadline(deadline)
        .setAdmittedAt(ADMITTED)
        .setSourcePartition(1)
        .setSourceOffset(sourceOffset)
        .setEstimatedTokens(10)
        .setBodyHash(customId.hashCode())
        .setCompactLength(body.length)
        .setBodyStart(original.length - 1 - body.length)
        .setBodyLength(body.length)
        .setOriginal(ByteBuffer.wrap(original))
        .build();
  }

  /** The headers of its record in llm.lanes. */
  List<Header> laneHeaders() {
    List<Header> all = new ArrayList<>(headers);
    if (key != null) {
      all.add(new RecordHeader(OffpeakHeaders.KEY, key));
    }
    return all;
  }
}
