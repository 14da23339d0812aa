/** What llm.control means: what operators ask for, and which accounts their providers refuse. */
@NullMarked
package dev.offpeak.core.control;

import org.jspecify.annotations.NullMarked;
