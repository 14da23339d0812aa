package dev.offpeak.provider.adapter;

import dev.offpeak.provider.account.ProviderProfiles;
import dev.offpeak.provider.anthropic.AnthropicProfile;
import dev.offpeak.provider.gemini.GeminiProfile;
import dev.offpeak.provider.openai.AzureOpenAiProfile;
import dev.offpeak.provider.openai.CompatibleProfile;
import dev.offpeak.provider.openai.OpenAiProfile;
import java.util.List;

/** The one list of the providers that come with Offpeak. */
public final class BuiltInProviders {

  /** All of them. */
  public static final ProviderProfiles PROFILES =
      new ProviderProfiles(
          List.of(
              new OpenAiProfile(),
              new AnthropicProfile(),
              new GeminiProfile(),
              new AzureOpenAiProfile(),
              new CompatibleProfile()));

  private BuiltInProviders() {}
}
