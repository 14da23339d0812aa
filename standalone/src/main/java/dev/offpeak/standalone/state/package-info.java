/** Where runs keep what they need to go on after a kill. */
@NullMarked
package dev.offpeak.standalone.state;

import org.jspecify.annotations.NullMarked;
