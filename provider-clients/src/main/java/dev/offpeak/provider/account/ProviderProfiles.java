package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The providers that there are, in an order that holds wherever they are listed. */
public final class ProviderProfiles {

  private final Map<Provider, ProviderProfile> byProvider;

  /** These; none may be listed twice. */
  public ProviderProfiles(List<ProviderProfile> profiles) {
    byProvider = new LinkedHashMap<>();
    for (ProviderProfile profile : profiles) {
      if (byProvider.put(profile.provider(), profile) != null) {
        throw new IllegalArgumentException(
            "the provider " + profile.provider().id() + " is listed twice");
      }
    }
  }

  /** These and one more. */
  public ProviderProfiles with(ProviderProfile more) {
    return new ProviderProfiles(Stream.concat(all().stream(), Stream.of(more)).toList());
  }

  /** All of them. */
  public List<ProviderProfile> all() {
    return List.copyOf(byProvider.values());
  }

  /** The profile of that provider; empty where this version does not know it. */
  public Optional<ProviderProfile> find(Provider provider) {
    return Optional.ofNullable(byProvider.get(provider));
  }

  /**
   * The profile of the provider of that id.
   *
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  public ProviderProfile of(String id) {
    return all().stream()
        .filter(profile -> profile.provider().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown provider '" + id + "'; it must be one of " + ids()));
  }

  /** Their ids, for a person. */
  public String ids() {
    return all().stream().map(profile -> profile.provider().id()).collect(Collectors.joining(", "));
  }

  /** Whose family of models has that name in it, or null when it is of no known family. */
  public @Nullable ProviderProfile whoseModel(String model) {
    return all().stream()
        .filter(
            profile ->
                profile.modelFamilies().stream().anyMatch(f -> new ModelPattern(f).matches(model)))
        .findFirst()
        .orElse(null);
  }
}
