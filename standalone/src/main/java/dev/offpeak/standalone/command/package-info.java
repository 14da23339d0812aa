/** The subcommands, one class each. */
@NullMarked
package dev.offpeak.standalone.command;

import org.jspecify.annotations.NullMarked;
