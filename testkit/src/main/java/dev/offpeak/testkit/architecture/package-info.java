/** The rules about who may use whom, run by the standalone module, which sees all others. */
@NullMarked
package dev.offpeak.testkit.architecture;

import org.jspecify.annotations.NullMarked;
