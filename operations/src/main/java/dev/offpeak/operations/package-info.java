/** What an operator asks of a running installation, from its topics alone. */
@NullMarked
package dev.offpeak.operations;

import org.jspecify.annotations.NullMarked;
