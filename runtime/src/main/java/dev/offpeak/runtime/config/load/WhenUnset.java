package dev.offpeak.runtime.config.load;

import dev.offpeak.runtime.config.Default;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * What a setting is when nobody sets it.
 *
 * @param defaultText the default as it would be written; null when there is none
 * @param nullable whether it may be left unset
 */
record WhenUnset(@Nullable String defaultText, boolean nullable) {

  /** It must be set. */
  static final WhenUnset REFUSE = new WhenUnset(null, false);

  static WhenUnset of(RecordComponent component) {
    var annotation = component.getAnnotation(Default.class);
    return new WhenUnset(
        annotation == null ? null : annotation.value(),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }
}
