package dev.offpeak.standalone.outcome;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.text.Visible;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.request.LineOutline;
import dev.offpeak.standalone.input.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failures in the words of whoever wrote the files: the file and the line come first, and what is
 * to be changed is an option or the line, not a record, a header or a setting of a service.
 */
public final class FileWords {

  /** What the services call things that go by another name here. */
  private static final Map<String, String> NAMES = names();

  private final List<String> files;

  /**
   * @param files names of the inputs, in their order
   */
  public FileWords(List<String> files) {
    this.files = List.copyOf(files);
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(", nor Avro in the Confluent wire format (first byte 0)", "");
    names.put("(batching.deadline-policy: sync)", "(--deadline-policy sync)");
    names.put("header offpeak-deadline", "--deadline");
    names.put("header offpeak-model", "--gemini-model");
    names.put("offpeak-model", "--gemini-model");
    names.put("limits.request-bytes", "--line-limit");
    names.put("make it smaller or raise the limit", "make it smaller, or raise the limit");
    names.put(" with its key and headers", "");
    names.put("a record holds one line", "a line holds one object");
    names.put("the record", "the line");
    return names;
  }

  /** The failure of the record with that key, told so. */
  LlmFailure of(byte @Nullable [] key, LlmFailure failure) {
    Place place = Place.of(key);
    String at =
        place == null || place.file() >= files.size()
            ? ""
            : files.get(place.file()) + ":" + place.line() + ": ";
    return LlmFailure.newBuilder(failure).setMessage(Visible.of(at + words(failure))).build();
  }

  private static String words(LlmFailure failure) {
    String code = failure.getCode();
    if (is(code, FailureCode.MISSING_MODEL)) {
      LineShape shape = LineOutline.of(failure.getOriginal()).shape();
      if (shape != null && shape.namesModelApart()) {
        return "no model is named; name it as \"model\" within \"request\", or give --gemini-model"
            + " NAME for all lines without one";
      }
    } else if (failure.getModel() != null && failure.getEndpoint() != null) {
      LineShape shape = LineShape.ofEndpoint(failure.getEndpoint());
      if (is(code, FailureCode.UNKNOWN_MODEL)) {
        return otherShape(shape, failure.getModel(), unknown(shape, failure.getModel()));
      }
      if (is(code, FailureCode.PROVIDER_NOT_CONFIGURED)) {
        return otherShape(shape, failure.getModel(), notAsked(shape));
      }
    }
    String words = failure.getMessage();
    for (Map.Entry<String, String> each : NAMES.entrySet()) {
      words = words.replace(each.getKey(), each.getValue());
    }
    return words;
  }

  private static boolean is(String code, FailureCode wanted) {
    return code.equals(wanted.id());
  }

  private static String unknown(LineShape shape, String model) {
    return "'%s' is not among the %s models of this run; when it is right, name it: --models '%s'"
        .formatted(model, shape.home().id(), model);
  }

  private static String notAsked(LineShape shape) {
    return "the line has the shape of %s, to whom this run sends nothing; add %s to --provider"
        .formatted(shape.home().id(), shape.home().id());
  }

  private static String otherShape(LineShape shape, String model, String otherwise) {
    ProviderProfile whose = BuiltInProviders.PROFILES.whoseModel(model);
    return whose == null || whose.shape() == shape
        ? otherwise
        : "the line has the shape of %s, but '%s' is a model of %s: write it as %s, or name a model of %s"
            .formatted(
                shape.home().id(),
                model,
                whose.provider().id(),
                whose.shape().template(),
                shape.home().id());
  }
}
