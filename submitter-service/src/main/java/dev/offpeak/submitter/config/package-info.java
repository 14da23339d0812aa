/** The settings of the submitter-service. */
@NullMarked
package dev.offpeak.submitter.config;

import org.jspecify.annotations.NullMarked;
