/** Providers that are not among the first three. */
@NullMarked
package dev.offpeak.standalone.provider;

import org.jspecify.annotations.NullMarked;
