/** The adapter of each provider, wired. */
@NullMarked
package dev.offpeak.provider.adapter;

import org.jspecify.annotations.NullMarked;
