/**
 * Synchronous calls for requests whose deadline no batch can keep: llm.urgent to outcomes, no
 * request called twice.
 */
@NullMarked
package dev.offpeak.results.urgent;

import org.jspecify.annotations.NullMarked;
