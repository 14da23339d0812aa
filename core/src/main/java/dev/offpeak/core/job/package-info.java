/** The life of a provider job: states, events and what follows from them. */
@NullMarked
package dev.offpeak.core.job;

import org.jspecify.annotations.NullMarked;
