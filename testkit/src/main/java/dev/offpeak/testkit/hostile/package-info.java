/** Input that is made to break whoever reads it. */
@NullMarked
package dev.offpeak.testkit.hostile;

import org.jspecify.annotations.NullMarked;
