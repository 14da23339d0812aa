/**
 * Runs that an installation executes which is at work elsewhere: a virtual batch of its gateway.
 */
@NullMarked
package dev.offpeak.standalone.remote;

import org.jspecify.annotations.NullMarked;
