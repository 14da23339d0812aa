package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.provider.account.AccountConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Any server that speaks OpenAI's files and batches API: what it takes, allows and can do is the
 * account's configuration.
 */
public final class CompatibleProfile implements OpenAiLike {

  private static final List<String> USUAL = List.of("/v1/chat/completions");
  private static final Pattern WINDOW = Pattern.compile("(\\d{1,4})([hd])");

  @Override
  public Provider provider() {
    return Provider.of("openai-compatible");
  }

  @Override
  public List<String> endpoints(AccountConfig account) {
    List<String> own = account.compatible().endpoints();
    return own.isEmpty() ? USUAL : own;
  }

  /** OpenAI's, which others have taken over, within the window that is asked for. */
  @Override
  public ProviderLimits limits(AccountConfig account) {
    ProviderLimits usual = OpenAiProfile.LIMITS;
    return new ProviderLimits(
        usual.maxRequests(),
        usual.maxBytes(),
        usual.maxLineBytes(),
        usual.maxInputs(),
        usual.maxEnqueuedTokens(),
        usual.maxJobsInFlight(),
        usual.maxRequestsInFlight(),
        usual.createsPerMinute(),
        window(account.compatible().completionWindow(), usual.window()));
  }

  private static Duration window(String asked, Duration usual) {
    Matcher window = WINDOW.matcher(asked);
    if (!window.matches() || Integer.parseInt(window.group(1)) == 0) {
      return usual;
    }
    int count = Integer.parseInt(window.group(1));
    return window.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count);
  }

  @Override
  public List<String> problems(AccountConfig account) {
    return List.of();
  }

  /** Nobody knows: no discount is the safe answer. */
  @Override
  public CachedInBatch cachedInBatch(String model) {
    return CachedInBatch.AS_INPUT;
  }

  @Override
  public Set<String> liteLlmNames() {
    return Set.of();
  }

  @Override
  public @Nullable String baseUrl() {
    return null;
  }

  @Override
  public String keyVariable() {
    return "OPENAI_COMPATIBLE_API_KEY";
  }

  @Override
  public String addressVariable() {
    return "OPENAI_COMPATIBLE_BASE_URL";
  }
}
