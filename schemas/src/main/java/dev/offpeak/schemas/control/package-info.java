/** Reading llm.control, where operators say what they want. */
@NullMarked
package dev.offpeak.schemas.control;

import org.jspecify.annotations.NullMarked;
