/** Named places of a service where a test of whole processes can end or hold them. */
@NullMarked
package dev.offpeak.runtime.failpoint;

import org.jspecify.annotations.NullMarked;
