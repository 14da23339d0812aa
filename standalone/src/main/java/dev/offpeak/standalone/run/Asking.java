package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.schemas.request.EditionHeaders;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What all lines of a run ask for besides what each says itself.
 *
 * @param geminiModel the model of Gemini lines that name none, or null
 * @param anthropic edition of Anthropic's API, for its lines
 * @param labels what the requests are counted under, such as team and feature
 */
public record Asking(
    @Nullable String geminiModel, Edition anthropic, SortedMap<String, String> labels) {

  public Asking {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Nothing besides. */
  public static final Asking NOTHING = new Asking(null, Edition.USUAL, new TreeMap<>());

  /** Appended to what a run is known by: whoever asks otherwise wants other answers. */
  public String identity() {
    StringBuilder identity = new StringBuilder();
    if (geminiModel != null) {
      identity.append(", gemini model ").append(geminiModel);
    }
    if (!anthropic.equals(Edition.USUAL)) {
      identity.append(", anthropic ").append(anthropic);
    }
    if (!labels.isEmpty()) {
      identity.append(", labels ").append(labels);
    }
    return identity.toString();
  }

  /** As headers of every line. */
  List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    if (geminiModel != null) {
      headers.add(header(OffpeakHeaders.MODEL, geminiModel));
    }
    if (!anthropic.version().isEmpty()) {
      headers.add(header(EditionHeaders.VERSION, anthropic.version()));
    }
    if (!anthropic.betas().isEmpty()) {
      headers.add(header(EditionHeaders.BETA, String.join(",", anthropic.betas())));
    }
    labels.forEach((name, value) -> headers.add(header(OffpeakHeaders.LABEL_PREFIX + name, value)));
    return headers;
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
