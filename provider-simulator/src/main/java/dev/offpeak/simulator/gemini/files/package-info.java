/** Gemini's files: resumable upload, description, list, download, delete. */
@NullMarked
package dev.offpeak.simulator.gemini.files;

import org.jspecify.annotations.NullMarked;
