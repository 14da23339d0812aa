package dev.offpeak.provider;

import dev.offpeak.core.provider.ProviderError;
import java.util.function.Function;

/** What a call to a provider came to. */
public sealed interface Answer<T> {

  /** It worked. */
  record Ok<T>(T value) implements Answer<T> {}

  /** It did not, and this is all that is known of it. */
  record Failed<T>(ProviderError error) implements Answer<T> {}

  /** A success. */
  static <T> Answer<T> ok(T value) {
    return new Ok<>(value);
  }

  /** A failure. */
  static <T> Answer<T> failed(ProviderError error) {
    return new Failed<>(error);
  }

  /** The same answer with its value changed. */
  default <R> Answer<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(change.apply(value));
      case Failed<T>(ProviderError error) -> new Failed<>(error);
    };
  }
}
