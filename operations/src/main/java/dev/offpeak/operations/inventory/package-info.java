/** What an installation has, so that a command about something that it has not is not written. */
@NullMarked
package dev.offpeak.operations.inventory;

import org.jspecify.annotations.NullMarked;
