/**
 * What the settings of every process are made of: unit types, secrets, and the records that all
 * services share. How they are read from a file and the environment is in {@code load}.
 */
@NullMarked
package dev.offpeak.runtime.config;

import org.jspecify.annotations.NullMarked;
