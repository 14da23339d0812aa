/** Records of llm.lanes as bytes, read and written without building objects of them. */
@NullMarked
package dev.offpeak.batcher.wire;

import org.jspecify.annotations.NullMarked;
