/** OpenAI's files: upload, list, download, delete. */
@NullMarked
package dev.offpeak.simulator.openai.files;

import org.jspecify.annotations.NullMarked;
