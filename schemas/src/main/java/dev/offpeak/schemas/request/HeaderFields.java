package dev.offpeak.schemas.request;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.outcome.FailureCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What Offpeak's headers say of a JSON record. Of a repeated header the last counts. */
final class HeaderFields {

  private final Headers headers;
  private String tenant = OffpeakHeaders.DEFAULT_TENANT;
  private Map<String, String> labels = Map.of();
  private String replayId = "";
  private @Nullable Instant deadline;
  private @Nullable String account;
  private @Nullable String model;
  private @Nullable RequestRefusal refusal;

  private HeaderFields(Headers headers) {
    this.headers = headers;
  }

  static HeaderFields of(Headers headers) {
    HeaderFields fields = new HeaderFields(headers);
    for (Header header : headers) {
      String name = header.key();
      if (name.startsWith(OffpeakHeaders.PREFIX) && header.value() != null) {
        try {
          fields.read(name, header.value());
        } catch (RequestRefusal e) {
          fields.refusal = e;
        }
      }
    }
    return fields;
  }

  private void read(String name, byte[] value) throws RequestRefusal {
    switch (name) {
      case OffpeakHeaders.TENANT -> {
        String text = text(name, value);
        tenant = text.isEmpty() ? OffpeakHeaders.DEFAULT_TENANT : text;
      }
      case OffpeakHeaders.DEADLINE ->
          deadline = TextRules.instant(name, instant(text(name, value)));
      case OffpeakHeaders.ACCOUNT -> account = text(name, value);
      case OffpeakHeaders.REPLAY_ID -> replayId = text(name, value);
      case OffpeakHeaders.MODEL -> model = text(name, value);
      default -> {
        if (name.startsWith(OffpeakHeaders.LABEL_PREFIX)) {
          if (labels.isEmpty()) {
            labels = new HashMap<>();
          }
          labels.put(name.substring(OffpeakHeaders.LABEL_PREFIX.length()), text(name, value));
        }
      }
    }
  }

  private static String text(String name, byte[] value) throws RequestRefusal {
    if (Utf8.firstInvalid(value, 0, value.length) >= 0) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD, "header " + name + " is not valid UTF-8; send text");
    }
    return TextRules.name(name, new String(value, StandardCharsets.UTF_8));
  }

  private static Instant instant(String text) throws RequestRefusal {
    try {
      if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Instant.ofEpochMilli(Long.parseLong(text));
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD,
          "header "
              + OffpeakHeaders.DEADLINE
              + " is '"
              + TextRules.shorten(text)
              + "'; it must be an ISO 8601 instant such as 2026-12-01T06:00:00Z, or milliseconds"
              + " since the epoch");
    }
  }

  /** Throws when one of the headers can't be used. */
  void check() throws RequestRefusal {
    if (refusal != null) {
      throw refusal;
    }
  }

  String tenant() {
    return tenant;
  }

  Map<String, String> labels() {
    return labels;
  }

  String replayId() {
    return replayId;
  }

  @Nullable Instant deadline() {
    return deadline;
  }

  @Nullable String account() {
    return account;
  }

  /** The edition of the API that is asked for, of a provider that has editions. */
  Edition edition() throws RequestRefusal {
    return EditionHeaders.of(headers);
  }

  @Nullable String model() {
    return model;
  }
}
