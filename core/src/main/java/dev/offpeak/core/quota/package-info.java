/**
 * What may be submitted now in one quota scope, and what its provider has taught us of its quota.
 */
@NullMarked
package dev.offpeak.core.quota;

import org.jspecify.annotations.NullMarked;
