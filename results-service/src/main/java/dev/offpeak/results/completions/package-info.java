/** Works off the ended jobs of llm.completions. */
@NullMarked
package dev.offpeak.results.completions;

import org.jspecify.annotations.NullMarked;
