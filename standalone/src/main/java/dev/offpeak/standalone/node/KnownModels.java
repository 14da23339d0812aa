package dev.offpeak.standalone.node;

import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.util.List;
import java.util.stream.Stream;

/** Families of models that are a provider's by their name, as globs; the default of a run. */
public final class KnownModels {

  private KnownModels() {}

  /**
   * Every model but those that are known to be of a provider with another shape: what a provider
   * itself is to judge, when it is asked for real.
   */
  public static List<String> anyOf(ProviderProfile provider) {
    return Stream.concat(
            Stream.of("*"),
            BuiltInProviders.PROFILES.all().stream()
                .filter(other -> other.shape() != provider.shape())
                .flatMap(other -> other.modelFamilies().stream())
                .map(family -> "!" + family))
        .toList();
  }
}
