package dev.offpeak.operations.replay;

import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant; what is not given is not asked for.
 *
 * @param tenant who pays
 * @param labels that it must carry, all of them
 * @param model glob with {@code *}, such as {@code gpt-*}
 */
record Selection(@Nullable String tenant, Map<String, String> labels, @Nullable String model) {

  static final Selection ALL = new Selection(null, Map.of(), null);

  boolean matches(Decoded request) {
    return (tenant == null || tenant.equals(request.tenant()))
        && request.labels().entrySet().containsAll(labels.entrySet())
        && (model == null || isLike(request.model(), model));
  }

  /** Whether the text fits the glob. */
  static boolean isLike(String text, String glob) {
    return glob(glob).matcher(text).matches();
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
