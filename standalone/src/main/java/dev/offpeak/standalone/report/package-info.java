/** What a run tells the person who started it. */
@NullMarked
package dev.offpeak.standalone.report;

import org.jspecify.annotations.NullMarked;
