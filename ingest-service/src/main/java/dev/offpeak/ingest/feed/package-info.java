/** Lines into llm.requests, each once, however often whoever writes them is killed. */
@NullMarked
package dev.offpeak.ingest.feed;

import org.jspecify.annotations.NullMarked;
