/**
 * The life of a provider job as data: its states, what can happen to it, what it does next. The
 * rules that lead from one to the other are in {@code rule}.
 */
@NullMarked
package dev.offpeak.core.job;

import org.jspecify.annotations.NullMarked;
