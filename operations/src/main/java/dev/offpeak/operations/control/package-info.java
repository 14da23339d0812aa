/** What an operator asks of the running services: flush, cancel, pause, resume. */
@NullMarked
package dev.offpeak.operations.control;

import org.jspecify.annotations.NullMarked;
