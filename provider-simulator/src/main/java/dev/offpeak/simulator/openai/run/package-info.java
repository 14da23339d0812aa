/** What happens to a batch after its create was answered: validation, execution, its end. */
@NullMarked
package dev.offpeak.simulator.openai.run;

import org.jspecify.annotations.NullMarked;
