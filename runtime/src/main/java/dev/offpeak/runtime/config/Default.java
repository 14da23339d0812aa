package dev.offpeak.runtime.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a setting that is not set, written as in the file: {@code @Default("10m") Duration
 * linger}. A list of scalars takes values separated by commas. Without a default and without
 * {@code @Nullable} a scalar must be set; lists and maps that are not set are empty.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {

  /** The text of the value. */
  String value();
}
