/** The rules of a provider job: what follows from what, how long to wait, when to give up. */
@NullMarked
package dev.offpeak.core.job.rule;

import org.jspecify.annotations.NullMarked;
