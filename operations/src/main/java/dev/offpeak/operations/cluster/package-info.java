/**
 * An installation's topics as an operator's tools see them: where they are and how they are read.
 */
@NullMarked
package dev.offpeak.operations.cluster;

import org.jspecify.annotations.NullMarked;
