/** What is kept on disk: uploaded and produced files, and records as one JSON file each. */
@NullMarked
package dev.offpeak.simulator.store;

import org.jspecify.annotations.NullMarked;
