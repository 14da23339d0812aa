/** One ended job from its record in llm.completions to the last outcome. */
@NullMarked
package dev.offpeak.results.completions.job;

import org.jspecify.annotations.NullMarked;
