/** Pages of documentation that tests keep true. */
@NullMarked
package dev.offpeak.testkit.docs;

import org.jspecify.annotations.NullMarked;
