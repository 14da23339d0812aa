/** What the assembler keeps in its stores: open batches, and the ids it has seen. */
@NullMarked
package dev.offpeak.batcher.state;

import org.jspecify.annotations.NullMarked;
